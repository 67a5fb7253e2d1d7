using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Configuration;

/// <summary>
/// The fingerprint of a configuration folder, the same wherever the folder is copied to: SHA-256 over
/// <code>
///   "edgeagent-config/1" LF
///   for each file of <see cref="ConfigFile.All"/> that is present, by name in ordinal order:
///   +----------------+------+----------------+-------+
///   | name length u64| name | size u64       | bytes |     lengths big-endian, name in UTF-8
///   +----------------+------+----------------+-------+
/// </code>
/// over the bytes as they are, byte order mark and line ends included. Files the agent does not read (README,
/// certificates, password files) do not count.
/// </summary>
internal static class ConfigHash
{
    public static string Of(IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("edgeagent-config/1\n"u8);
        foreach (var (name, bytes) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            AppendCounted(hash, Encoding.UTF8.GetBytes(name));
            AppendCounted(hash, bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendCounted(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Reads what lies in a folder: files of DER, or of PEM with one or more parts; any name, except hidden ones. What is
/// not of use is reported and never in the way of the rest.
/// </summary>
internal static class CertificateFiles
{
    /// <summary>In one folder. A plant's list of trusted applications has some dozens.</summary>
    public const int MaxCertificateFiles = 1000;

    /// <summary>In one folder: one for each CA.</summary>
    public const int MaxRevocationListFiles = 100;

    // A PEM file with a whole chain and the text that openssl writes above each part.
    private const int MaxCertificateFileBytes = 128 << 10;

    // PEM takes four characters for three bytes, and line ends.
    private const int MaxRevocationListFileBytes = (RevocationList.MaxBytes / 2 * 3) + 1024;

    private const string CertificateLabel = "CERTIFICATE";
    private const string RevocationListLabel = "X509 CRL";

    private const byte DerSequence = 0x30;

    private static readonly byte[] PemStart = "-----BEGIN "u8.ToArray();

    private delegate T? Reader<T>(ReadOnlyMemory<byte> der, out string fault)
        where T : class;

    public static IReadOnlyList<StoredCertificate> Certificates(
        CertificateFolder folder, string path, List<FileProblem> problems)
    {
        List<StoredCertificate> found = [];
        foreach (var file in List(path, MaxCertificateFiles, problems))
        {
            var parts = Read<Certificate>(
                file, MaxCertificateFileBytes, CertificateLabel, "certificate", Certificate.TryRead, problems);
            found.AddRange(parts.Select(part => new StoredCertificate(folder, file, part, parts.Count == 1)));
        }

        return found;
    }

    public static IReadOnlyList<RevocationList> RevocationLists(string path, List<FileProblem> problems) =>
    [
        .. List(path, MaxRevocationListFiles, problems).SelectMany(file => Read<RevocationList>(
            file,
            MaxRevocationListFileBytes,
            RevocationListLabel,
            "revocation list",
            RevocationList.TryRead,
            problems)),
    ];

    /// <summary>The certificates of one file that somebody names.</summary>
    public static IReadOnlyList<Certificate> Certificates(string file, List<FileProblem> problems) =>
        Read<Certificate>(
            file, MaxCertificateFileBytes, CertificateLabel, "certificate", Certificate.TryRead, problems);

    /// <summary>Whole paths in the order of their names.</summary>
    public static IReadOnlyList<string> List(string folder, int max, List<FileProblem> problems)
    {
        try
        {
            List<string> files = [.. Directory.EnumerateFiles(folder)
                .Where(file => !DurableFile.IsHidden(file))
                .Take(max + 1)
                .Order(StringComparer.Ordinal)];
            if (files.Count > max)
            {
                problems.Add(new(folder, $"has more than {max} files, and not all of them are read"));
                files.RemoveRange(max, files.Count - max);
            }

            return files;
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing has been put there.
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(folder, $"cannot be listed: {error.Message}"));
            return [];
        }
    }

    private static List<T> Read<T>(
        string file, int maxBytes, string label, string what, Reader<T> reader, List<FileProblem> problems)
        where T : class
    {
        if (ReadBytes(file, maxBytes, problems) is not { } bytes)
        {
            return [];
        }

        if (bytes[0] != DerSequence && bytes.AsSpan().IndexOf(PemStart) < 0)
        {
            problems.Add(new(file, $"is not used as a {what}: it is neither DER nor PEM"));
            return [];
        }

        List<T> parts = [];
        foreach (var (name, der) in Parts(bytes, label))
        {
            var fault = $"holds a {name}";
            if (name == label && reader(der, out fault) is { } part)
            {
                parts.Add(part);
            }
            else
            {
                problems.Add(new(file, $"is not used as a {what}: {fault.TrimEnd('.')}"));
            }
        }

        return parts;
    }

    /// <summary>Null where it cannot be read, which is reported.</summary>
    public static byte[]? ReadBytes(string file, int maxBytes, List<FileProblem> problems)
    {
        try
        {
            // What has no length is empty or not a file: reading from a pipe would wait for ever.
            var length = new FileInfo(file).Length;
            if (length == 0 || length > maxBytes)
            {
                problems.Add(new(file, length == 0 ? "is empty" : $"has {length} bytes, more than {maxBytes}"));
                return null;
            }

            using var stream = File.OpenRead(file);
            var buffer = new byte[length];
            stream.ReadExactly(buffer);
            return buffer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(file, $"cannot be read: {error.Message}"));
            return null;
        }
    }

    // A file without any PEM is taken for DER.
    private static List<(string Label, byte[] Der)> Parts(byte[] bytes, string label)
    {
        if (bytes.AsSpan().IndexOf(PemStart) < 0)
        {
            return [(label, bytes)];
        }

        List<(string Label, byte[] Der)> parts = [];
        var text = Encoding.Latin1.GetString(bytes).AsSpan();
        while (PemEncoding.TryFind(text, out var fields))
        {
            var der = new byte[fields.DecodedDataLength];
            _ = Convert.TryFromBase64Chars(text[fields.Base64Data], der, out _);
            parts.Add((text[fields.Label].ToString(), der));
            text = text[fields.Location.End..];
        }

        return parts.Count == 0 ? [("broken PEM", [])] : parts;
    }
}

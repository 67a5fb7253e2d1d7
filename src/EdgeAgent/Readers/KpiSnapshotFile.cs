using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Journal;

namespace EdgeAgent.Readers;

/// <summary>
/// Where the KPI engine goes on after a restart:
/// <code>
/// +----------------+----------------------------+----------------------------+
/// | epoch (8, LE)  | snapshot of the engine     | SHA-256 of all before      |
/// +----------------+----------------------------+----------------------------+
/// </code>
/// The epoch names the journal that the snapshot's position counts in. Only a shortcut: without it, or with a damaged
/// or outdated one, the engine starts over from the journal.
/// </summary>
internal sealed class KpiSnapshotFile(string path, ulong epoch)
{
    private const int EpochBytes = sizeof(ulong);

    // 10,000 devices with a month of minutes stay far below; a bigger file is not ours.
    private const int BytesMax = 1024 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The engine as it was, or a new one and why.</summary>
    /// <returns>The engine, the position to read on from, and why no snapshot was used; null if one was.</returns>
    public (KpiEngine Engine, long Position, string? Complaint) Load(KpiModel model)
    {
        try
        {
            if (!File.Exists(path))
            {
                return (new(model), 0, "there is no snapshot yet");
            }

            if (new FileInfo(path).Length is < EpochBytes + SHA256.HashSizeInBytes or > BytesMax)
            {
                return (new(model), 0, $"'{path}' has an impossible size");
            }

            var bytes = File.ReadAllBytes(path);
            var content = bytes.AsSpan(..^SHA256.HashSizeInBytes);
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            {
                return (new(model), 0, $"'{path}' is damaged");
            }

            if (BinaryPrimitives.ReadUInt64LittleEndian(content) != epoch)
            {
                return (new(model), 0, $"'{path}' belongs to another journal");
            }

            var engine = KpiEngine.Restore(model, content[EpochBytes..], out var position);
            return (engine, position, null);
        }
        catch (Exception error) when (error is KpiSnapshotException or IOException or UnauthorizedAccessException)
        {
            return (new(model), 0, error.Message);
        }
    }

    /// <summary>Keeps the engine as it is now, in memory.</summary>
    public void Form(KpiEngine engine, long position)
    {
        _buffer.ResetWrittenCount();
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(EpochBytes), epoch);
        _buffer.Advance(EpochBytes);
        engine.WriteSnapshot(_buffer, position);
    }

    /// <summary>Makes what was formed durable.</summary>
    /// <exception cref="IOException">The former snapshot is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The former snapshot is still there.</exception>
    public void Write()
    {
        _buffer.Write(SHA256.HashData(_buffer.WrittenSpan));
        DurableFile.Replace(path, _buffer.WrittenSpan);
    }
}

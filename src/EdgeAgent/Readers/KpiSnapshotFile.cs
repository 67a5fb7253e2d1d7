using System.Buffers;
using System.Security.Cryptography;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Journal;

namespace EdgeAgent.Readers;

/// <summary>
/// Where the KPI engine goes on after a restart:
/// <code>
/// +----------------------------+----------------------------+
/// | snapshot of the engine     | SHA-256 of the snapshot    |
/// +----------------------------+----------------------------+
/// </code>
/// Only a shortcut: without it, or with a damaged or outdated one, the engine starts over from the journal.
/// </summary>
internal sealed class KpiSnapshotFile(string path)
{
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

            if (new FileInfo(path).Length is < SHA256.HashSizeInBytes or > BytesMax)
            {
                return (new(model), 0, $"'{path}' has an impossible size");
            }

            var bytes = File.ReadAllBytes(path);
            var snapshot = bytes.AsSpan(..^SHA256.HashSizeInBytes);
            if (!SHA256.HashData(snapshot).AsSpan().SequenceEqual(bytes.AsSpan(snapshot.Length)))
            {
                return (new(model), 0, $"'{path}' is damaged");
            }

            var engine = KpiEngine.Restore(model, snapshot, out var position);
            return (engine, position, null);
        }
        catch (Exception error) when (error is KpiSnapshotException or IOException or UnauthorizedAccessException)
        {
            return (new(model), 0, error.Message);
        }
    }

    /// <exception cref="IOException">The former snapshot is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The former snapshot is still there.</exception>
    public void Save(KpiEngine engine, long position)
    {
        _buffer.ResetWrittenCount();
        engine.WriteSnapshot(_buffer, position);
        _buffer.Write(SHA256.HashData(_buffer.WrittenSpan));
        DurableFile.Replace(path, _buffer.WrittenSpan);
    }
}

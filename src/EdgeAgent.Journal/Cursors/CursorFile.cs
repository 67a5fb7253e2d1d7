using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Cursors;

//  0          8         12         16      24         32     40     44
//  +----------+---------+----------+-------+----------+------+------+
//  | EACURSOR | version | reserved | epoch | position | time | crc  |    CRC-32C of bytes 0 to 39
//  |          | u32     | 0 u32    | u64   | i64      | i64  | u32  |
//  +----------+---------+----------+-------+----------+------+------+
//
// position is the sequence number of the next entry to read; time the gateway time of the entry before, or that of
// UtcTime.None. Written to NAME.cursor.tmp, fsync, rename to NAME.cursor, fsync of the folder: the file under the name
// is always a whole one, and one under the temporary name was never acknowledged.

/// <summary>How far a reader has come.</summary>
internal readonly record struct CursorPosition(long Sequence, UtcTime Time);

/// <summary>The file in which a reader's position survives.</summary>
internal static class CursorFile
{
    private const uint Version = 1;
    private const int Bytes = 44;
    private const int CrcOffset = 40;

    private static ReadOnlySpan<byte> Magic => "EACURSOR"u8;

    public static string NameOf(string cursor) => cursor + JournalFormat.CursorSuffix;

    /// <summary>The position, or null if the file is damaged or belongs to another journal.</summary>
    public static CursorPosition? Read(IFileSystem files, string folder, string cursor, ulong epoch)
    {
        var bytes = new byte[Bytes];
        using (var file = files.Open(Path.Combine(folder, NameOf(cursor)), forWriting: false))
        {
            if (file.Length != Bytes || file.Read(0, bytes) != Bytes)
            {
                return null;
            }
        }

        var reader = new ByteReader(bytes.AsSpan(Magic.Length));
        var isKnown = bytes.AsSpan().StartsWith(Magic) && reader.ReadUInt32() == Version && reader.ReadUInt32() == 0;
        if (!isKnown || reader.ReadUInt64() != epoch)
        {
            return null;
        }

        var position = new CursorPosition(reader.ReadInt64(), new(reader.ReadInt64()));
        return reader.ReadUInt32() == Crc32C.Compute(bytes.AsSpan(0, CrcOffset)) && position.Sequence >= 0
            ? position
            : null;
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="IOException">The old position is still there.</exception>
    public static void Write(IFileSystem files, string folder, string cursor, ulong epoch, CursorPosition position)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var writer = new ByteWriter(bytes);
        Magic.CopyTo(writer.Take(Magic.Length));
        writer.WriteUInt32(Version);
        writer.WriteUInt32(0);
        writer.WriteUInt64(epoch);
        writer.WriteInt64(position.Sequence);
        writer.WriteInt64(position.Time.Ticks);
        writer.WriteUInt32(Crc32C.Compute(bytes[..CrcOffset]));

        var path = Path.Combine(folder, NameOf(cursor));
        var temporary = path + JournalFormat.TemporarySuffix;
        using (var file = files.Create(temporary))
        {
            file.Write(0, bytes);
            file.Flush();
        }

        files.Rename(temporary, path);
        files.SyncFolder(folder);
    }
}

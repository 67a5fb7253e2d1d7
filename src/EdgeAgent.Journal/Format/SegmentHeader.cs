using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

//  0         8         12        16        24        32        40        48        56        64        72     76     80
//  +---------+---------+---------+---------+---------+---------+---------+---------+---------+---------+------+------+
//  | magic   | version | tagBytes| epoch   | number  | first   | created | prev    | prev    | reserved| prev | crc  |
//  | EAJOURNL| u32     | u32     | u64     | u64     | seq i64 | i64     | number  | length  | 0       | crc  | u32  |
//  +---------+---------+---------+---------+---------+---------+---------+---------+---------+---------+------+------+

/// <summary>The first 80 bytes of a segment: who it is, and what came before it.</summary>
internal sealed record SegmentHeader
{
    private const int CrcOffset = 76;

    public required ulong Epoch { get; init; }

    public required long Number { get; init; }

    public required long FirstSequence { get; init; }

    public required UtcTime Created { get; init; }

    public required SegmentLink Previous { get; init; }

    /// <summary>Length of the tag section, its checksum included.</summary>
    public required int TagBytes { get; init; }

    public uint Version { get; init; } = JournalFormat.Version;

    /// <summary>Where the first record starts.</summary>
    public int RecordsOffset => JournalFormat.HeaderBytes + TagBytes;

    public void Write(Span<byte> destination)
    {
        var writer = new ByteWriter(destination);
        JournalFormat.Magic.CopyTo(writer.Take(JournalFormat.Magic.Length));
        writer.WriteUInt32(Version);
        writer.WriteUInt32((uint)TagBytes);
        writer.WriteUInt64(Epoch);
        writer.WriteInt64(Number);
        writer.WriteInt64(FirstSequence);
        writer.WriteInt64(Created.Ticks);
        writer.WriteInt64(Previous.Number);
        writer.WriteInt64(Previous.Length);
        writer.WriteUInt64(0);
        writer.WriteUInt32(Previous.Crc);
        writer.WriteUInt32(Crc32C.Compute(destination[..CrcOffset]));
    }

    /// <returns>Null if the bytes are no header: too few, another magic, or a wrong checksum.</returns>
    public static SegmentHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < JournalFormat.HeaderBytes || !bytes.StartsWith(JournalFormat.Magic))
        {
            return null;
        }

        var reader = new ByteReader(bytes[JournalFormat.Magic.Length..]);
        var version = reader.ReadUInt32();
        var tagBytes = reader.ReadUInt32();
        var epoch = reader.ReadUInt64();
        var number = reader.ReadInt64();
        var firstSequence = reader.ReadInt64();
        var created = new UtcTime(reader.ReadInt64());
        var previousNumber = reader.ReadInt64();
        var previousLength = reader.ReadInt64();
        _ = reader.ReadUInt64();
        var previousCrc = reader.ReadUInt32();
        if (reader.ReadUInt32() != Crc32C.Compute(bytes[..CrcOffset]) || tagBytes > JournalFormat.MaxTagBytes)
        {
            return null;
        }

        return new SegmentHeader
        {
            Version = version,
            TagBytes = (int)tagBytes,
            Epoch = epoch,
            Number = number,
            FirstSequence = firstSequence,
            Created = created,
            Previous = new(previousNumber, previousLength, previousCrc),
        };
    }
}

/// <summary>What a segment says about the one before it.</summary>
/// <param name="Number">Its number, or 0 if there is none.</param>
/// <param name="Length">Its durable bytes.</param>
/// <param name="Crc">CRC-32C of those bytes.</param>
internal readonly record struct SegmentLink(long Number, long Length, uint Crc);

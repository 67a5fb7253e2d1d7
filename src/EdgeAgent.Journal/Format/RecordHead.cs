using System.Buffers.Binary;

namespace EdgeAgent.Journal.Format;

//  0        4            8              12         16
//  +--------+------------+--------------+----------+
//  | head   | kind << 24 | first seq    | body crc |
//  | crc    | | length   | (relative)   |          |
//  +--------+------------+--------------+----------+
//  head crc = CRC-32C(epoch u64, segment number u64, offset in the file u64, bytes 4 to 15)

/// <summary>The 16 bytes before the body of a record.</summary>
internal readonly record struct RecordHead(RecordKind Kind, int Length, uint FirstSequence, uint BodyCrc)
{
    private const int LengthBits = 24;
    private const int CheckedOffset = sizeof(uint);

    /// <summary>The checksum of what is not stored and the same for all records of a segment.</summary>
    public static uint Seed(ulong epoch, long number)
    {
        Span<byte> identity = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(identity, epoch);
        BinaryPrimitives.WriteInt64LittleEndian(identity[8..], number);
        return Crc32C.Compute(identity);
    }

    public void Write(Span<byte> destination, uint seed, long offset)
    {
        var writer = new ByteWriter(destination[CheckedOffset..]);
        writer.WriteUInt32(((uint)Kind << LengthBits) | (uint)Length);
        writer.WriteUInt32(FirstSequence);
        writer.WriteUInt32(BodyCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination, HeadCrc(destination, seed, offset));
    }

    /// <summary>Reads a head that is whole and right; the body is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, uint seed, long offset, out RecordHead head)
    {
        var reader = new ByteReader(source);
        var headCrc = reader.ReadUInt32();
        var kindAndLength = reader.ReadUInt32();
        head = new(
            (RecordKind)(kindAndLength >> LengthBits),
            (int)(kindAndLength & ((1 << LengthBits) - 1)),
            reader.ReadUInt32(),
            reader.ReadUInt32());

        // The cheap tests come first: a search for the next record asks this at every byte.
        return head.Kind is >= RecordKind.Samples and <= RecordKind.Gap
            && head.Length <= JournalFormat.MaxBodyBytes
            && headCrc == HeadCrc(source, seed, offset);
    }

    private static uint HeadCrc(ReadOnlySpan<byte> head, uint seed, long offset)
    {
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, offset);
        return Crc32C.Append(Crc32C.Append(seed, place), head[CheckedOffset..JournalFormat.RecordHeadBytes]);
    }
}

namespace EdgeAgent.Journal.Format;

// THE JOURNAL ON DISK, version 1.   All integers are little-endian. Change anything here: raise Version, and pin a new
// golden segment in SegmentGoldenTests.
//
// A journal is one folder:
//
//    journal.lock                 held locked by the one process that writes; its text is that process's id
//    ballast                      zeros, to be deleted when the disk is full (Ballast.cs)
//    NNNNNNNNNNNN.segment         a segment; the name is its number in twelve decimal digits
//    NNNNNNNNNNNN.segment.tmp     a segment before its rename
//    NAME.cursor[.tmp]            the position of a reader (CursorFile.cs)
//
// Everything stored is an entry: one sample, or one gap. Entries are numbered 0, 1, 2, ... over the life of the
// journal: the sequence number. It alone gives the order. A journal has a random 64-bit epoch for life, so that
// (epoch, sequence) names an entry for ever. A number is never given twice; numbers may be skipped after damage.
//
// 1. SEGMENT
//
//    +--------+-------------+--------+--------+-- - - --+
//    | header | tag section | record | record |         |
//    +--------+-------------+--------+--------+-- - - --+
//
//    header, 80 bytes
//     0        8         12         16      24       32        40        48       56       64         72       76    80
//     +--------+---------+----------+-------+--------+---------+---------+--------+--------+----------+--------+-----+
//     | magic  | version | tagBytes | epoch | number | first   | created | prev   | prev   | reserved | prev   | crc |
//     |EAJOURNL| u32     | u32      | u64   | u64    | seq i64 | i64     | number | length | 0        | crc u32| u32 |
//     +--------+---------+----------+-------+--------+---------+---------+--------+--------+----------+--------+-----+
//     created      gateway time of the creation, UtcTime ticks
//     prev number  the segment before this one that holds durable records; 0 if there is none (numbers start at 1).
//                  Numbers between the two were given to attempts that failed: what such files hold was written again.
//     prev length  how many bytes of that segment are durable. Bytes beyond were never acknowledged and were written
//                  again in this segment: a reader does not read them.
//     prev crc     CRC-32C of those bytes
//     crc          CRC-32C of bytes 0 to 75. Nothing in the header counts before it is right.
//
//    tag section, tagBytes long: the one tag table of the segment, in index order
//     varint count, then count times { kind (1 byte, ValueKind), varint byte length, identifier in UTF-8 },
//     then u32 CRC-32C of all that.
//
// 2. RECORD
//
//     0        4            8              12         16              16 + length
//     +--------+------------+--------------+----------+---------- - - -+
//     | head   | kind << 24 | first seq    | body crc | body           |
//     | crc    | | length   | of the body  | CRC-32C  |                |
//     +--------+------------+--------------+----------+---------- - - -+
//
//     first seq  relative to the segment's first sequence number
//     head crc   CRC-32C of: epoch u64, segment number u64, offset of this record in the file u64, bytes 4 to 15.
//                The first three are not stored. So a block that the disk wrote to the wrong place, or an old one that
//                came back, is not mistaken for a record.
//     kind       1 samples            (needs the state left by the record before)
//                2 samples, new run   (the state is reset first)
//                3 gap
//
//     A record is valid if and only if: kind is 1 to 3; length is at most MaxBodyBytes and the body lies inside the
//     durable part of the file; head crc is right; then, body crc is right. In the last segment, invalid bytes after
//     which no valid record starts are a torn tail: the write that never was acknowledged. Invalid bytes with a valid
//     record after them are damage: a reader looks for the next valid record at every following byte, and says how many
//     entries are missing, which the sequence numbers tell. After damage, records of kind 1 cannot be decoded until the
//     next one of kind 2, and count as missing too.
//
// 3. BODY OF SAMPLES
//
//     varint: 7 bits a byte, low bits first, high bit set on all but the last byte, at most ten bytes.
//     zigzag(n): (n << 1) ^ (n >> 63), as a varint. Differences wrap around in 64 bits.
//
//     varint rows (1 to MaxRows)   origin (1 byte, BatchOrigin)   columns (1 byte)   tags   source times   server times
//     gateway times   statuses   changed (rows bits, row 0 is bit 0 of byte 0)   values
//
//     State, kept from record to record, set to the values in brackets when a run starts: follower of each tag and of
//     "no tag" [tag + 1; 0]; last tag [no tag]; last source, server, gateway time in ticks [0]; for each tag its last
//     bits [0], step [0], form [0 = raw], text [none].
//
//     tags      { varint hits, then, if rows are left, varint tag } until all rows are said. A hit is a row whose tag
//               is the follower of the tag before it. After every row this row's tag becomes the follower
//               of the tag before.
//     columns   two bits a column, source times in bits 0-1, then server, gateway, statuses:
//               0  every row is UtcTime.None, or Good; nothing follows
//               1  one value for all rows: zigzag(value - last)
//               2  runs: { varint rows, zigzag(value - value before) } until all rows are said
//               3  zigzag(value - value before) for every row
//               where the value before the first row is the column's last time (0 for statuses); the last row's time
//               becomes the column's last time, except in mode 0.
//     changed   1 where the row's value is not the one expected. Expected is bits + step for Int64, and the tag's last
//               bits or last text else.
//     values    of the rows with a 1, in row order:
//               Int64     zigzag(bits - expected). Then step = bits - last bits. (step also stays after a hit.)
//               Boolean   zigzag(bits - last bits)
//               Text      varint: 0 is null; else n + 1 with n = bytes << 1 | utf16. Then the bytes: UTF-8, or UTF-16
//                         where the text is not well-formed. A row without text has bits -1, others count the batch's
//                         texts.
//               Float64   by the tag's form. A byte 0 changes it: then comes the new form (1 byte), step = 0, and the
//                         value. (No value of the same form starts with 0: it would be no change.)
//                 0       raw: x = bits XOR last bits. One byte trailing << 4 | significant, then the significant bytes
//                         of x from the lowest; trailing = zero bytes below them.
//                 1       float32: the value is a float32. zigzag(u - step), u = its 32 bits as int32; then step = u.
//                 2 + k   quotient, k = 0 to 7: the value is u / 10^k, correctly rounded. zigzag(u - step); step = u.
//                 10 + k  product: the value is u * 10^-k in binary64 arithmetic. zigzag(u - step); step = u.
//                 18 + k  near: the value is r units in the last place beside u / 10^k, r = -3 to 3.
//                         varint zigzag(u - step) << 3 | r + 4; step = u.
//               PLC numbers are scaled integers or float32: this is what makes them two bytes instead of eight.
//
// 4. BODY OF A GAP
//     cause (1 byte, GapCause)   from i64   to i64   scope   detail      (texts as above, never null)

/// <summary>Numbers of the format drawn above.</summary>
internal static class JournalFormat
{
    public const uint Version = 1;

    public const int HeaderBytes = 80;

    public const int RecordHeadBytes = 16;

    /// <summary>
    /// Rows of one record: what one damaged bit can cost at least, and what a reader must hold at once.
    /// </summary>
    public const int MaxRows = 4_096;

    /// <summary>The longest body: 4,096 rows of the worst numbers are 256 KiB, the rest is for texts.</summary>
    public const int MaxBodyBytes = 2 * 1024 * 1024;

    /// <summary>
    /// The longest stored text. A PLC string has 254 characters; a megabyte is a mistake, not a reading.
    /// </summary>
    public const int MaxTextBytes = 1024 * 1024;

    /// <summary>When the texts of a record have this many bytes, its other rows go to the next record.</summary>
    public const int SplitTextBytes = 512 * 1024;

    /// <summary>The longest tag section: a million tags (TagTable.MaxCount) of 60 bytes.</summary>
    public const int MaxTagBytes = 64 * 1024 * 1024;

    /// <summary>
    /// A run is this long plus <see cref="RunBytesPerTag"/> for each tag, so that starting over costs a few percent,
    /// and damage takes at most this much with it.
    /// </summary>
    public const int RunBytes = 64 * 1024;

    public const int RunBytesPerTag = 64;

    public const string SegmentSuffix = ".segment";

    public const string CursorSuffix = ".cursor";

    public const string TemporarySuffix = ".tmp";

    public static ReadOnlySpan<byte> Magic => "EAJOURNL"u8;

    public static string SegmentName(long number) => $"{number:D12}{SegmentSuffix}";

    /// <summary>The number in a segment's file name, renamed or not.</summary>
    public static bool TryParseSegmentName(string name, out long number, out bool isTemporary)
    {
        isTemporary = name.EndsWith(TemporarySuffix, StringComparison.Ordinal);
        var stem = isTemporary ? name.AsSpan(0, name.Length - TemporarySuffix.Length) : name;
        number = 0;
        return stem.EndsWith(SegmentSuffix, StringComparison.Ordinal)
            && long.TryParse(stem[..^SegmentSuffix.Length], out number)
            && number > 0
            && stem.SequenceEqual(SegmentName(number));
    }
}

/// <summary>What a record is. Stored.</summary>
internal enum RecordKind : byte
{
    Samples = 1,
    SamplesNewRun = 2,
    Gap = 3,
}

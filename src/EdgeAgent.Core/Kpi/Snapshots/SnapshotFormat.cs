using System.Buffers.Binary;

namespace EdgeAgent.Core.Kpi.Snapshots;

/// <summary>
/// The frame of a snapshot. Integers are little-endian.
/// <code>
/// +----+----+----+----+----+----+----+----+
/// | 'E'| 'A'| 'K'| 'S'| version | 0  | 0  |   version 1
/// +----+----+----+----+----+----+----+----+
/// | length of the body in bytes           |
/// +----+----+----+----+----+----+----+----+
/// | position in the journal               |   the first record not in the snapshot
/// +----+----+----+----+----+----+----+----+
/// | SHA-256 of the model (32 bytes)       |   see ModelHash
/// +----+----+----+----+----+----+----+----+
/// | body                                  |
/// +----+----+----+----+----+----+----+----+
/// </code>
/// The body is a plain sequence of four kinds of field, in the order of the Write methods of the engine's parts:
/// <code>
/// count    LEB128: 7 bits per byte, lowest first, the top bit of a byte says that another follows
/// signed   the same, of the zigzag form (v &lt;&lt; 1) ^ (v &gt;&gt; 63); 128-bit sums likewise with 127
/// byte     one byte; a flag is 0 or 1
/// text     count of bytes, then UTF-8
///
/// body     = engine book tracker
/// engine   = samples unbelievable unbound first-minute strangers:(count, text...)
/// book     = closed-to restated:(count, (from to)...) device-timeline... unit... meter-timeline...
/// unit     = time-timeline lanes:(count, (product timeline)...) changes:(count, (time lane)...) last-count unmapped
/// timeline = minute-floor cell-floor day-floor newest days cells minutes
/// rows     = count, (start minute less that of the row before, measures)...
/// tracker  = texts:(count, text...) late lost (state [open-readings timeline])...
/// </code>
/// A checksum is the business of whoever stores it.
/// </summary>
internal static class SnapshotFormat
{
    public const ushort Version = 1;
    public const int HashOffset = 24;
    public const int HeaderBytes = HashOffset + HashBytes;
    public const int HashBytes = 32;

    private static ReadOnlySpan<byte> Magic => "EAKS"u8;

    public static void WriteHeader(Span<byte> header, long bodyBytes, long position, ReadOnlySpan<byte> modelHash)
    {
        header[..HeaderBytes].Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], bodyBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], position);
        modelHash.CopyTo(header[HashOffset..]);
    }

    /// <exception cref="KpiSnapshotException">It is no snapshot, of another version, cut, or of another
    /// model.</exception>
    public static (long Position, int BodyOffset) ReadHeader(ReadOnlySpan<byte> snapshot, ReadOnlySpan<byte> modelHash)
    {
        if (snapshot.Length < HeaderBytes || !snapshot.StartsWith(Magic))
        {
            throw SnapshotReader.Damaged("it does not start like one");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(snapshot[4..]) is var version && version != Version)
        {
            throw new KpiSnapshotException(
                $"The KPI snapshot has version {version}, this agent reads {Version}. Delete it; the engine then "
                + "starts over from the journal.");
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(snapshot[8..]) is var length
            && length != snapshot.Length - HeaderBytes)
        {
            throw SnapshotReader.Damaged(
                $"its body has {snapshot.Length - HeaderBytes} bytes and should have {length}");
        }

        if (!modelHash.SequenceEqual(snapshot.Slice(HashOffset, HashBytes)))
        {
            throw new KpiSnapshotException(
                "The KPI snapshot was made with another configuration (ledger, tags, calendar, products, meters or "
                + "parameters). Put the old configuration back, or delete the snapshot to compute anew from the "
                + "journal.");
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(snapshot[16..]), HeaderBytes);
    }
}

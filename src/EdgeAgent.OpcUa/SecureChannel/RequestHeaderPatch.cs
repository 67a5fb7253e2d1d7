using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.SecureChannel;

// Part 4, 7.33 in the encoding of Part 6, 5.2.6
//
//    +------- - -+-----------+--------+-------------+-------+------- - -+---------+------- - -
//    | token     | timestamp | handle | diagnostics | audit length, text | timeout | header
//    +------- - -+-----------+--------+-------------+-------+------- - -+---------+------- - -
//    NodeId       8           4        4             4                   4
//
/// <summary>
/// Fills in what the channel knows and the caller does not, in the encoded request: a copy of the request for each
/// sending would cost an allocation.
/// </summary>
internal static class RequestHeaderPatch
{
    private const int HandleOffset = 8;
    private const int AuditOffset = 16;

    /// <param name="writer">Holds the encoded request.</param>
    /// <param name="position">Where the request header begins.</param>
    /// <param name="timeoutHint">Milliseconds; 0 is none.</param>
    public static void Apply(UaWriter writer, int position, UaDateTime timestamp, uint handle, uint timeoutHint)
    {
        var header = new UaReader(writer.WrittenSpan[position..], DecodingLimits.Default);
        header.ReadNodeId();
        var fields = position + header.Position;

        writer.Patch(fields, (uint)timestamp.Ticks);
        writer.Patch(fields + sizeof(uint), (uint)(timestamp.Ticks >> 32));
        writer.Patch(fields + HandleOffset, handle);

        var audit = new UaReader(writer.WrittenSpan[(fields + AuditOffset)..], DecodingLimits.Default);
        audit.SkipByteString(out _);
        writer.Patch(fields + AuditOffset + audit.Position, timeoutHint);
    }
}

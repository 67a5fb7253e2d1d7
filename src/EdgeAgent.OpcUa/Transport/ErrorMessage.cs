using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.OpcUa.Transport;

// Part 6, 7.1.2.5 (behind the frame header) and 6.7.3 (the body of an abort chunk)
//
//    0          4          8
//    +----------+----------+------- - -
//    | error    | length   | reason
//    +----------+----------+------- - -
//
// A length of -1 is "no reason".
//
/// <summary>Why the peer closes the connection, or gives up a message.</summary>
internal readonly record struct ErrorMessage(StatusCode Error, string? Reason)
{
    // Part 6, 7.1.2.5: longer strings are ignored.
    private const int MaxReasonBytes = 4096;

    private const int ReasonLengthOffset = 4;
    private const int ReasonOffset = 8;

    /// <summary>No legal body is longer; the largest frame is this and its header.</summary>
    public const int MaxBodySize = ReasonOffset + MaxReasonBytes;

    public byte[] EncodeFrame()
    {
        var body = EncodeBody();
        var frame = new byte[FrameHeader.Length + body.Length];
        new FrameHeader(MessageType.Error, ChunkType.Final, frame.Length).Write(frame);
        body.CopyTo(frame.AsSpan(FrameHeader.Length));
        return frame;
    }

    public byte[] EncodeBody()
    {
        var reason = Encoding.UTF8.GetBytes(Reason ?? "");
        var length = Math.Min(reason.Length, MaxReasonBytes);
        var body = new byte[ReasonOffset + length];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Error.Value);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(ReasonLengthOffset), Reason is null ? -1 : length);
        reason.AsSpan(0, length).CopyTo(body.AsSpan(ReasonOffset));
        return body;
    }

    public static ErrorMessage Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length < ReasonOffset)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"An error of {body.Length} bytes is too short, it needs {ReasonOffset}.");
        }

        var error = new StatusCode(BinaryPrimitives.ReadUInt32LittleEndian(body));
        var length = BinaryPrimitives.ReadInt32LittleEndian(body[ReasonLengthOffset..]);
        var rest = body[ReasonOffset..];
        if (length < -1 || length > rest.Length)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"The peer reports {error}, with a reason of {length} bytes in {rest.Length}.");
        }

        var reason = length is -1 or > MaxReasonBytes ? null : Encoding.UTF8.GetString(rest[..length]);

        // The peer closes with an error, so a code that is not an error would hide what it did.
        return new(error.IsBad ? error : StatusCodes.BadCommunicationError, reason);
    }

    public override string ToString() => string.IsNullOrWhiteSpace(Reason) ? "no reason given" : Printable(Reason);

    // The text comes from outside and goes into logs: one line, nothing that steers a terminal.
    private static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
}

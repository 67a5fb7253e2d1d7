namespace EdgeAgent.OpcUa.Transport;

// Part 6, 7.1.2.4
//
//    0          8         12         16         20         24         28
//    +----------+----------+----------+----------+----------+----------+
//    | ACK F 8  | version  | receive  | send     | message  | chunks   |
//    +----------+----------+----------+----------+----------+----------+
//
// Seen from the server: "receive" limits what the client sends, "send" what it gets; "message" and "chunks" limit a
// request; 0 is no limit.
//
/// <summary>The server's answer to <see cref="Hello"/>.</summary>
internal sealed record Acknowledge(
    uint ProtocolVersion,
    uint ReceiveBufferSize,
    uint SendBufferSize,
    uint MaxMessageSize,
    uint MaxChunkCount)
{
    public byte[] Encode()
    {
        var frame = new byte[BufferSizes.End];
        new FrameHeader(MessageType.Acknowledge, ChunkType.Final, frame.Length).Write(frame);
        BufferSizes.Write(frame, ProtocolVersion, ReceiveBufferSize, SendBufferSize, MaxMessageSize, MaxChunkCount);
        return frame;
    }

    /// <param name="frame">The whole frame with its header.</param>
    public static Acknowledge Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length != BufferSizes.End)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"An Acknowledge takes {BufferSizes.End} bytes, this one {frame.Length}.");
        }

        return new(
            BufferSizes.Read(frame, 0),
            BufferSizes.Read(frame, 1),
            BufferSizes.Read(frame, 2),
            BufferSizes.Read(frame, 3),
            BufferSizes.Read(frame, 4));
    }
}

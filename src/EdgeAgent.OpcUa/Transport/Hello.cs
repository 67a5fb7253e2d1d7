using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.OpcUa.Transport;

// Part 6, 7.1.2.3
//
//    0          8         12         16         20         24         28         32
//    +----------+----------+----------+----------+----------+----------+----------+------- - -
//    | HEL F 8  | version  | receive  | send     | message  | chunks   | length   | endpoint URL
//    +----------+----------+----------+----------+----------+----------+----------+------- - -
//
// "receive" and "send" are the largest chunks, "message" and "chunks" limit a response; 0 is no limit.
//
/// <summary>The first frame of a connection, from client to server.</summary>
internal sealed record Hello(
    uint ProtocolVersion,
    uint ReceiveBufferSize,
    uint SendBufferSize,
    uint MaxMessageSize,
    uint MaxChunkCount,
    string EndpointUrl)
{
    /// <summary>The version of OPC UA TCP that this code speaks.</summary>
    public const uint CurrentVersion = 0;

    // Part 6, 7.1.2.3: "The encoded value shall be less than 4 096 bytes".
    private const int MaxUrlBytes = 4095;

    private const int UrlLengthOffset = 28;
    private const int UrlOffset = 32;

    /// <summary>No legal Hello is longer; a server needs no larger buffer before it knows the client.</summary>
    public const int MaxSize = UrlOffset + MaxUrlBytes;

    public static Hello Of(TransportLimits limits, string endpointUrl) => new(
        CurrentVersion,
        (uint)limits.ChunkBytes,
        (uint)limits.ChunkBytes,
        (uint)limits.MessageBytes,
        (uint)limits.ChunkCount,
        endpointUrl);

    public byte[] Encode()
    {
        var urlLength = Encoding.UTF8.GetByteCount(EndpointUrl);
        if (urlLength > MaxUrlBytes)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpEndpointUrlInvalid,
                $"The URL takes {urlLength} bytes, at most {MaxUrlBytes} are allowed.");
        }

        var frame = new byte[UrlOffset + urlLength];
        new FrameHeader(MessageType.Hello, ChunkType.Final, frame.Length).Write(frame);
        BufferSizes.Write(frame, ProtocolVersion, ReceiveBufferSize, SendBufferSize, MaxMessageSize, MaxChunkCount);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(UrlLengthOffset), urlLength);
        Encoding.UTF8.GetBytes(EndpointUrl, frame.AsSpan(UrlOffset));
        return frame;
    }

    /// <param name="frame">The whole frame with its header.</param>
    public static Hello Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < UrlOffset)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError, $"A Hello of {frame.Length} bytes is too short, it needs {UrlOffset}.");
        }

        var urlLength = BinaryPrimitives.ReadInt32LittleEndian(frame[UrlLengthOffset..]);
        if (urlLength > MaxUrlBytes)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpEndpointUrlInvalid, $"The URL of the Hello takes {urlLength} bytes.");
        }

        if (Math.Max(urlLength, 0) != frame.Length - UrlOffset || urlLength < -1)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"A Hello of {frame.Length} bytes says that its URL takes {urlLength}.");
        }

        return new(
            BufferSizes.Read(frame, 0),
            BufferSizes.Read(frame, 1),
            BufferSizes.Read(frame, 2),
            BufferSizes.Read(frame, 3),
            BufferSizes.Read(frame, 4),
            Encoding.UTF8.GetString(frame[UrlOffset..]));
    }
}

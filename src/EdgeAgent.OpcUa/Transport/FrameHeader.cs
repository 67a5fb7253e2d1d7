using System.Buffers.Binary;

namespace EdgeAgent.OpcUa.Transport;

// Part 6, 7.1.2.2 and 6.7.2.2
//
//    0         3   4               8
//    +---------+---+---------------+----------- - -
//    | type    | c | size          | size - 8 bytes
//    +---------+---+---------------+----------- - -
//
// Little-endian. "type" is HEL ACK ERR OPN MSG CLO in ASCII, "c" is F C A, "size" counts the header too.
//
/// <summary>The eight bytes before everything that travels over opc.tcp.</summary>
internal readonly record struct FrameHeader(MessageType Type, ChunkType Chunk, int Size)
{
    public const int Length = 8;

    private const int ChunkOffset = 3;
    private const int SizeOffset = 4;

    /// <summary>
    /// Looks at the front of <paramref name="buffer"/>; false means that the header is not whole yet. Each byte is
    /// judged as soon as it is there, so that a web server on the port does not cost a time-out, and the size is judged
    /// before anybody makes room for it.
    /// </summary>
    /// <param name="maxSize">The largest frame that was agreed on, in bytes.</param>
    /// <exception cref="OpcUaException">The peer does not speak opc.tcp, or breaks the agreement; close.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, int maxSize, out FrameHeader header)
    {
        header = default;
        if (buffer.Length < ChunkOffset + 1)
        {
            if (!MayBecomeHeader(buffer))
            {
                throw NotOpcTcp(buffer);
            }

            return false;
        }

        if (!TryReadType(buffer, out var type) || !TryReadChunk(buffer[ChunkOffset], out var chunk))
        {
            throw NotOpcTcp(buffer);
        }

        // Part 6, 6.7.2.2: only messages are sent in parts or given up.
        if (chunk != ChunkType.Final && type != MessageType.Message)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpMessageTypeInvalid,
                $"A frame of type {type} is marked {chunk}; only messages may be chunked.");
        }

        if (buffer.Length < Length)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(buffer[SizeOffset..]);
        if (size < Length)
        {
            throw new OpcUaException(
                StatusCodes.BadDecodingError,
                $"A frame of type {type} says it is {size} bytes long, its header is {Length}.");
        }

        if (size > maxSize)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpMessageTooLarge,
                $"A frame of type {type} says it is {size} bytes long; at most {maxSize} were agreed.");
        }

        header = new(type, chunk, (int)size);
        return true;
    }

    public void Write(Span<byte> frame)
    {
        var type = Type switch
        {
            MessageType.Hello => "HEL"u8,
            MessageType.Acknowledge => "ACK"u8,
            MessageType.Error => "ERR"u8,
            MessageType.OpenSecureChannel => "OPN"u8,
            MessageType.Message => "MSG"u8,
            _ => "CLO"u8,
        };
        type.CopyTo(frame);
        frame[ChunkOffset] = Chunk switch
        {
            ChunkType.Final => (byte)'F',
            ChunkType.Intermediate => (byte)'C',
            _ => (byte)'A',
        };
        BinaryPrimitives.WriteInt32LittleEndian(frame[SizeOffset..], Size);
    }

    private static bool TryReadType(ReadOnlySpan<byte> buffer, out MessageType type)
    {
        (var known, type) = (buffer[0], buffer[1], buffer[2]) switch
        {
            ((byte)'M', (byte)'S', (byte)'G') => (true, MessageType.Message),
            ((byte)'O', (byte)'P', (byte)'N') => (true, MessageType.OpenSecureChannel),
            ((byte)'A', (byte)'C', (byte)'K') => (true, MessageType.Acknowledge),
            ((byte)'E', (byte)'R', (byte)'R') => (true, MessageType.Error),
            ((byte)'H', (byte)'E', (byte)'L') => (true, MessageType.Hello),
            ((byte)'C', (byte)'L', (byte)'O') => (true, MessageType.CloseSecureChannel),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryReadChunk(byte value, out ChunkType chunk)
    {
        (var known, chunk) = value switch
        {
            (byte)'F' => (true, ChunkType.Final),
            (byte)'C' => (true, ChunkType.Intermediate),
            (byte)'A' => (true, ChunkType.Abort),
            _ => (false, default),
        };
        return known;
    }

    private static bool MayBecomeHeader(ReadOnlySpan<byte> start) =>
        "MSG"u8.StartsWith(start) || "OPN"u8.StartsWith(start) || "ACK"u8.StartsWith(start)
        || "ERR"u8.StartsWith(start) || "HEL"u8.StartsWith(start) || "CLO"u8.StartsWith(start);

    private static OpcUaException NotOpcTcp(ReadOnlySpan<byte> start)
    {
        const int shown = 8;
        var bytes = Convert.ToHexString(start[..Math.Min(start.Length, shown)]);
        return new(StatusCodes.BadTcpMessageTypeInvalid, start switch
        {
            _ when start.StartsWith("HTTP"u8) =>
                "The peer answers with HTTP, not with opc.tcp: this is the port of a web server.",
            [0x15, 0x03, ..] or [0x16, 0x03, ..] =>
                "The peer answers with TLS, not with opc.tcp: this port expects https or a VPN.",
            _ => $"The peer does not speak opc.tcp: a frame begins with the bytes {bytes}.",
        });
    }
}

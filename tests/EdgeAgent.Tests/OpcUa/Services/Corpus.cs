using System.Buffers.Binary;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>Recorded chunks, and what a side without security makes of them.</summary>
internal static class Corpus
{
    public const string Folder = "data/corpora/opcua";

    private const int ChunkBytes = 1 << 20;
    private const int ChannelIdOffset = 8;
    private const int TokenIdOffset = 12;

    private static readonly TransportAgreement Agreement = new(ChunkBytes, ChunkBytes, 4 << 20, 128, 4 << 20, 128);

    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(TestPaths.Shared($"{Folder}/{folder}")).Order(StringComparer.Ordinal);

    /// <summary>
    /// The messages in a stream of frames, read as a client or server reads them after its channel was opened under the
    /// policy None with the ids of the first frame, or those given.
    /// </summary>
    public static List<byte[]> Receive(byte[] stream, uint? tokenId = null, TransportAgreement? agreement = null)
    {
        var buffer = stream.ToArray();
        var limits = agreement ?? Agreement;
        using var reader = new ChunkReader { ChannelId = ReadUInt32(stream, ChannelIdOffset) };
        using var assembler = new MessageAssembler(limits, StatusCodes.BadResponseTooLarge);
        reader.AddToken(tokenId ?? ReadUInt32(stream, TokenIdOffset), null, long.MaxValue);
        var messages = new List<byte[]>();
        for (var offset = 0; offset < buffer.Length;)
        {
            if (!FrameHeader.TryRead(buffer.AsSpan(offset), limits.ReceiveChunkBytes, out var frame)
                || frame.Size > buffer.Length - offset)
            {
                throw new OpcUaException(StatusCodes.BadConnectionClosed, "the stream ends within a frame");
            }

            if (frame.Type == MessageType.Error)
            {
                var error =
                    ErrorMessage.Decode(buffer.AsSpan(offset + FrameHeader.Length, frame.Size - FrameHeader.Length));
                throw new OpcUaException(error.Error, error.ToString());
            }

            var chunk = frame.Type == MessageType.OpenSecureChannel
                ? reader.ReadOpen(buffer, offset, frame, OpenSecurity.None)
                : reader.Read(buffer, offset, frame, 0);
            if (assembler.TryAdd(buffer, chunk, out var message))
            {
                messages.Add(message.Body.ToArray());
            }

            offset += frame.Size;
        }

        return messages;
    }

    /// <summary>Decodes a message to its structure, which must take all of its bytes.</summary>
    /// <exception cref="OpcUaException">Also where the leaf has no structure of that id.</exception>
    public static object Decode(byte[] message)
    {
        var reader = new UaReader(message, DecodingLimits.Default);
        var id = reader.ReadNodeId();
        return id.NamespaceIndex == 0 && Structures.ByEncodingId.TryGetValue(id.Numeric, out var type)
            ? Structures.Decode(type, reader.Rest)
            : throw new OpcUaException(StatusCodes.BadUnknownResponse, $"{id} is no structure of this leaf");
    }

    private static uint ReadUInt32(byte[] bytes, int offset) =>
        bytes.Length < offset + sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}

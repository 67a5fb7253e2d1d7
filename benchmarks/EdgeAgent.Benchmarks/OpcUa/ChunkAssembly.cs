using BenchmarkDotNet.Attributes;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>
/// From the bytes of the socket to one whole message under None: frames, numbers, assembly. The message has the size of
/// a PublishResponse with 10,000 numbers.
/// </summary>
[MemoryDiagnoser]
public class ChunkAssembly
{
    private const int MessageBytes = 340_090;

    private byte[] _frames = [];
    private TransportAgreement _agreement;
    private ChunkReader _reader = null!;
    private MessageAssembler _assembler = null!;
    private uint _sequence;

    /// <summary>What the server chose: ours, and the smallest allowed.</summary>
    [Params(65_536, 8_192)]
    public int ChunkBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _agreement = new(ChunkBytes, ChunkBytes, 1 << 20, 1_000, 1 << 20, 1_000);
        var writer = new ChunkWriter(_agreement, StatusCodes.BadResponseTooLarge) { ChannelId = 1 };
        writer.UseToken(1, null);
        using var output = new PooledBuffer();
        writer.Write(MessageType.Message, 1, new byte[MessageBytes], output);
        _frames = output.Bytes.AsSpan(0, output.Length).ToArray();
        _reader = new() { ChannelId = 1 };
        _reader.AddToken(1, null, long.MaxValue);
        _assembler = new(_agreement, StatusCodes.BadResponseTooLarge);
    }

    [Benchmark]
    public int Message()
    {
        FrameHeader frame;
        for (var offset = 0; FrameHeader.TryRead(_frames.AsSpan(offset), ChunkBytes, out frame); offset += frame.Size)
        {
            // The same bytes each time, with the numbers of a channel that goes on.
            _sequence = SequenceNumbers.After(_sequence);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(
                _frames.AsSpan(offset + ChunkLayout.SequenceOffset), _sequence);
            if (_assembler.TryAdd(_frames, _reader.Read(_frames, offset, frame, 0), out var message))
            {
                return message.Body.Length;
            }
        }

        return 0;
    }
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class MessageAssemblerTests
{
    private readonly byte[] _buffer = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private readonly MessageAssembler _assembler =
        new(new(8_192, 8_192, 100, 4, 100, 4), StatusCodes.BadResponseTooLarge);

    [Fact]
    public void A_message_of_one_chunk_stays_where_it_is()
    {
        Assert.True(_assembler.TryAdd(_buffer, Part(ChunkType.Final, 1, 10, 20), out var message));
        Assert.True(message.Body.Overlaps(_buffer, out var offset));
        Assert.Equal((10, 20, 1u), (-offset, message.Body.Length, message.RequestId));
    }

    [Fact]
    public void Parts_are_joined_in_order_and_the_next_message_begins_empty()
    {
        for (var round = 1u; round <= 3; round++)
        {
            Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, round, 0, 30), out _));
            Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, round, 30, 0), out _));
            Assert.True(_assembler.TryAdd(_buffer, Part(ChunkType.Final, round, 30, 50), out var message));
            Assert.Equal(round, message.RequestId);
            Assert.True(message.Body.SequenceEqual(_buffer.AsSpan(0, 80)));
        }
    }

    [Fact]
    public void An_aborted_message_is_an_error_of_its_request_and_the_next_one_arrives()
    {
        var abort = new ErrorMessage(StatusCodes.BadOutOfMemory, "sorry").EncodeBody();
        Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, 1, 0, 90), out _));
        Assert.True(_assembler.TryAdd(abort, Part(ChunkType.Abort, 1, 0, abort.Length), out var message));
        var error = message.Aborted!.Value;
        Assert.Equal((1u, StatusCodes.BadOutOfMemory, "sorry"), (message.RequestId, error.Error.Value, error.Reason));

        Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, 2, 0, 90), out _));
        Assert.True(_assembler.TryAdd(_buffer, Part(ChunkType.Final, 2, 90, 10), out message));
        Assert.Equal(100, message.Body.Length);
    }

    [Fact]
    public void An_abort_may_be_the_first_chunk_but_must_be_whole()
    {
        var abort = new ErrorMessage(StatusCodes.BadOutOfMemory, null).EncodeBody();
        Assert.True(_assembler.TryAdd(abort, Part(ChunkType.Abort, 1, 0, abort.Length), out _));
        Assert.Throws<OpcUaException>(() => _assembler.TryAdd(abort, Part(ChunkType.Abort, 1, 0, 7), out _));
    }

    [Theory]
    [InlineData("Final")]
    [InlineData("Intermediate")]
    [InlineData("Abort")]
    public void Chunks_of_another_request_amid_a_message_are_an_error(string kind)
    {
        Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, 1, 0, 10), out _));
        var error = Assert.Throws<OpcUaException>(
            () => _assembler.TryAdd(_buffer, Part(Enum.Parse<ChunkType>(kind), 2, 0, 10), out _));
        Assert.Equal(StatusCodes.BadDecodingError, error.Status.Value);
    }

    [Fact]
    public void The_size_limit_holds_for_one_chunk()
    {
        Assert.True(_assembler.TryAdd(_buffer, Part(ChunkType.Final, 1, 0, 100), out _));
        Refused(ChunkType.Final, 101);
    }

    [Fact]
    public void The_size_limit_counts_all_parts()
    {
        Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, 1, 0, 60), out _));
        Refused(ChunkType.Intermediate, 41);
    }

    [Fact]
    public void A_flood_of_empty_chunks_ends_at_the_count_limit()
    {
        for (var i = 0; i < 4; i++)
        {
            Assert.False(_assembler.TryAdd(_buffer, Part(ChunkType.Intermediate, 1, 0, 0), out _));
        }

        Refused(ChunkType.Intermediate, 0);
    }

    private void Refused(ChunkType kind, int length)
    {
        var error = Assert.Throws<OpcUaException>(() => _assembler.TryAdd(_buffer, Part(kind, 1, 0, length), out _));
        Assert.Equal(StatusCodes.BadResponseTooLarge, error.Status.Value);
    }

    private static Chunk Part(ChunkType kind, uint requestId, int offset, int length) =>
        new(MessageType.Message, kind, requestId, offset, length);
}

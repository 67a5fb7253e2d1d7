using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class PreparedReadTests
{
    private readonly ValueColumns _values = new();

    [Fact]
    public void Nodes_are_divided_among_requests_that_stay_the_same_bytes()
    {
        var read = Prepare(5, batch: 2);

        Assert.Equal([2, 2, 1], read.Requests.Select(request => request.Handles.Length));
        var writer = new UaWriter();
        read.Requests[1].Encode(writer);
        var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
        var request = ReadRequest.Decode(ref reader);
        Assert.Equal([new NodeId(1, 2), new(1, 3)], request.NodesToRead.Select(node => node.NodeId));
        Assert.Equal([2u, 3u], read.Requests[1].Handles);
    }

    [Fact]
    public async Task An_answer_comes_into_the_columns_under_its_handles()
    {
        var read = Prepare(3, batch: 3);

        await AnswerAsync(read, Response(1.5, 2.5, 3.5));

        Assert.Equal([0u, 1, 2], _values.Handles.ToArray());
        Assert.Equal(2.5, _values.ReadVariant(1, DecodingLimits.Default).AsDouble());
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_the_servers_code()
    {
        var refused = new ReadResponse { ResponseHeader = new() { ServiceResult = StatusCodes.BadTooManyOperations } };

        var error = await Assert.ThrowsAsync<OpcUaException>(() => AnswerAsync(Prepare(1, 1), refused));

        Assert.Equal(StatusCodes.BadTooManyOperations, error.Status.Value);
    }

    [Fact]
    public async Task An_answer_with_another_number_of_values_is_not_believed()
    {
        var error = await Assert.ThrowsAsync<OpcUaException>(() => AnswerAsync(Prepare(3, 3), Response(1, 2)));

        Assert.Equal(StatusCodes.BadUnknownResponse, error.Status.Value);
    }

    [Fact]
    public async Task A_malformed_answer_ends_the_channel_and_wakes_the_caller()
    {
        var read = Prepare(1, 1);
        var answer = read.Handler.Await(read.Requests[0], _values);

        Assert.Throws<OpcUaException>(() =>
        {
            var body = new UaReader(new byte[10], DecodingLimits.Default);
            read.Handler.OnResponse(ReadResponse.EncodingId, ref body);
        });
        await Assert.ThrowsAsync<OpcUaException>(async () => await answer);
    }

    [Fact]
    public void Decoding_allocates_nothing_for_a_value()
    {
        const int Count = 1_000;
        var read = Prepare(Count, Count);
        var message = Encode(Response([.. Enumerable.Range(0, Count).Select(i => (double)i)]));
        Decode(read, message);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode(read, message);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < Count, $"{allocated} bytes for {Count} values");
    }

    private static PreparedRead Prepare(int count, int batch) => new(
        [.. Enumerable.Range(0, count).Select(i => new ReadValueId { NodeId = new(1, (uint)i), AttributeId = 13 })],
        [.. Enumerable.Range(0, count).Select(i => (uint)i)],
        TimestampsToReturn.Both,
        TimeSpan.Zero,
        new(batch, 0),
        new NodeId(7));

    private static ReadResponse Response(params double[] values) => new()
    {
        Results = [.. values.Select(value => new DataValue(Variant.From(value), default, new(1), new(2)))],
    };

    private static byte[] Encode(ReadResponse response)
    {
        var writer = new UaWriter();
        response.Encode(writer);
        return writer.WrittenSpan.ToArray();
    }

    private void Decode(PreparedRead read, byte[] message)
    {
        _values.Clear();
        var answer = read.Handler.Await(read.Requests[0], _values);
        var body = new UaReader(message, DecodingLimits.Default);
        read.Handler.OnResponse(ReadResponse.EncodingId, ref body);
        Assert.True(answer.IsCompletedSuccessfully);
    }

    private async Task AnswerAsync(PreparedRead read, ReadResponse response)
    {
        var answer = read.Handler.Await(read.Requests[0], _values);
        Answer(read, Encode(response));
        await answer;
    }

    private static void Answer(PreparedRead read, byte[] message)
    {
        var body = new UaReader(message, DecodingLimits.Default);
        read.Handler.OnResponse(ReadResponse.EncodingId, ref body);
    }
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class BatchesTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 10)];

    [Fact]
    public async Task All_items_come_in_order_in_requests_of_the_allowed_count()
    {
        List<int> sizes = [];

        var results = await new Batches(4, 0).RunAsync(Numbers, _ => 1, batch => Answer(batch, sizes));

        Assert.Equal(Numbers, results);
        Assert.Equal([4, 4, 2], sizes);
    }

    [Fact]
    public async Task A_request_stays_below_the_size_of_a_message()
    {
        List<int> sizes = [];

        await new Batches(100, 1_024 + 1_200).RunAsync(Numbers, _ => 400, batch => Answer(batch, sizes));

        Assert.Equal([3, 3, 3, 1], sizes);
    }

    [Fact]
    public void An_item_that_is_too_large_alone_still_goes_out()
    {
        Assert.Equal(1, new Batches(100, 2_048).Next(Numbers, 0, _ => 1_000_000));
    }

    [Fact]
    public async Task Requests_are_halved_until_the_server_takes_them()
    {
        List<int> sizes = [];

        var results = await new Batches(10, 0).RunAsync(Numbers, _ => 1, batch => batch.Count > 3
            ? throw new OpcUaException(StatusCodes.BadTooManyOperations, "")
            : Answer(batch, sizes));

        Assert.Equal(Numbers, results);
        Assert.Equal([3, 3, 3, 1], sizes);
    }

    [Theory]
    [InlineData(StatusCodes.BadTimeout)]
    [InlineData(StatusCodes.BadSessionIdInvalid)]
    public async Task Other_failures_are_not_tried_again(uint status)
    {
        var calls = 0;

        await Assert.ThrowsAsync<OpcUaException>(() => new Batches(10, 0).RunAsync<int, int>(Numbers, _ => 1, _ =>
        {
            calls++;
            throw new OpcUaException(status, "");
        }));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_server_that_answers_another_number_of_operations_is_not_believed()
    {
        var error = await Assert.ThrowsAsync<OpcUaException>(() => new Batches(10, 0).RunAsync(
            Numbers, _ => 1, batch => Task.FromResult<IReadOnlyList<int>>([.. batch.Skip(1)])));

        Assert.Equal(StatusCodes.BadUnknownResponse, error.Status.Value);
    }

    private static Task<IReadOnlyList<int>> Answer(IReadOnlyList<int> batch, List<int> sizes)
    {
        sizes.Add(batch.Count);
        return Task.FromResult(batch);
    }
}

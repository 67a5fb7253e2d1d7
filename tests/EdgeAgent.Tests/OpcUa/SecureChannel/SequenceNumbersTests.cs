using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class SequenceNumbersTests
{
    [Theory]
    [InlineData(1u, 2u, true)]
    [InlineData(1u, 1u, false)]
    [InlineData(1u, 3u, false)]
    [InlineData(2u, 1u, false)]
    [InlineData(4_294_966_271u, 4_294_966_272u, true)]
    [InlineData(4_294_966_271u, 0u, false)]
    [InlineData(4_294_966_271u, 1u, false)]
    [InlineData(4_294_966_272u, 4_294_966_273u, true)]
    [InlineData(4_294_966_272u, 0u, true)]
    [InlineData(4_294_966_272u, 1_023u, true)]
    [InlineData(4_294_966_272u, 1_024u, false)]
    [InlineData(4_294_967_295u, 0u, true)]
    [InlineData(4_294_967_295u, 1u, true)]
    [InlineData(4_294_965_999u, 1u, false)]
    public void The_next_number_is_one_more_or_a_wrap_where_one_is_allowed(uint last, uint next, bool isNext) =>
        Assert.Equal(isNext, SequenceNumbers.IsNext(last, next));

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(4_294_966_271u, 4_294_966_272u)]
    [InlineData(4_294_966_272u, 1u)]
    public void This_side_counts_and_wraps_as_it_would_accept_it(uint last, uint next)
    {
        Assert.Equal(next, SequenceNumbers.After(last));
        Assert.True(SequenceNumbers.IsNext(last, next));
    }
}

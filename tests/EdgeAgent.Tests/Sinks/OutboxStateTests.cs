using System.Numerics;
using EdgeAgent.Sinks;

namespace EdgeAgent.Tests.Sinks;

public sealed class OutboxStateTests
{
    [Fact]
    public void Any_two_states_differ_in_at_least_four_bits()
    {
        var states = Enum.GetValues<OutboxState>();
        Assert.All(
            from one in states from other in states where one != other select (int)one ^ (int)other,
            difference => Assert.True(BitOperations.PopCount((uint)difference) >= 4));
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class PredictableValueTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly UaDateTime Time = UaDateTime.From(new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));
    private static readonly NodeAddress Address = NodeAddress.Parse("nsu=urn:a;s=x");

    [Fact]
    public void The_value_says_of_which_node_and_instant_it_is()
    {
        var value = PredictableValue.Of(Address, Time, Step);

        Assert.True(PredictableValue.IsOf(value, Address, Time, Step));
        Assert.False(PredictableValue.IsOf(value, NodeAddress.Parse("nsu=urn:b;s=x"), Time, Step));
        Assert.False(PredictableValue.IsOf(value, NodeAddress.Parse("nsu=urn:a;s=y"), Time, Step));
        Assert.False(PredictableValue.IsOf(value, Address, new(Time.Ticks + Step.Ticks), Step));
    }

    [Fact]
    public void The_function_gives_the_same_with_the_step_as_source_time()
    {
        var value = PredictableValue.Function(Address, Step)(new(Time.Ticks + 12_345));

        Assert.Equal(Time, value.SourceTime);
        Assert.Equal(PredictableValue.Of(Address, Time, Step), value.Value.AsDouble());
    }
}

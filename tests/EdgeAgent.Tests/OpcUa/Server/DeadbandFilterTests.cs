using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class DeadbandFilterTests
{
    private static readonly UaDateTime T0 = new(1_000);
    private static readonly UaDateTime T1 = new(2_000);
    private static readonly EdgeAgent.OpcUa.Services.Range Range = new() { Low = -100, High = 300 };

    [Theory]
    [InlineData(10.0, 10.0, false)]
    [InlineData(10.0, 10.5, false)]
    [InlineData(10.0, 9.5, false)]
    [InlineData(10.0, 10.50001, true)]
    [InlineData(10.0, double.NaN, true)]
    public void An_absolute_deadband_hides_small_moves(double before, double now, bool isChange) =>
        Assert.Equal(isChange, IsChange(new(DataChangeTrigger.StatusValue, 0.5), before, now));

    [Fact]
    public void Without_a_deadband_every_bit_counts() =>
        Assert.True(IsChange(DeadbandFilter.Default, 10, double.BitIncrement(10)));

    [Theory]
    [InlineData(DataChangeTrigger.Status, false, true, false)]
    [InlineData(DataChangeTrigger.StatusValue, true, true, false)]
    [InlineData(DataChangeTrigger.StatusValueTimestamp, true, true, true)]
    public void The_trigger_says_what_counts(DataChangeTrigger trigger, bool value, bool status, bool time)
    {
        var filter = new DeadbandFilter(trigger, 0);
        var one = Variant.From(1.0);

        Assert.Equal(value, filter.IsChange(one, default, T0, Variant.From(2.0), default, T0));
        Assert.Equal(status, filter.IsChange(one, default, T0, one, StatusCodes.Bad, T0));
        Assert.Equal(time, filter.IsChange(one, default, T0, one, default, T1));
        Assert.False(filter.IsChange(one, default, T0, one, default, T0));
    }

    [Fact]
    public void A_percentage_is_of_the_range()
    {
        var filter = Of(DeadbandType.Percent, 10, BuiltInType.Double, Range, out var status);

        Assert.Equal(StatusCode.Good, status);
        Assert.Equal(40, filter.Deadband);
    }

    [Theory]
    [InlineData(DeadbandType.Percent, 101, BuiltInType.Double, true, StatusCodes.BadDeadbandFilterInvalid)]
    [InlineData(DeadbandType.Percent, 10, BuiltInType.Double, false, StatusCodes.BadMonitoredItemFilterUnsupported)]
    [InlineData(DeadbandType.Absolute, -1, BuiltInType.Double, true, StatusCodes.BadDeadbandFilterInvalid)]
    [InlineData(DeadbandType.Absolute, 1, BuiltInType.String, true, StatusCodes.BadFilterNotAllowed)]
    [InlineData((DeadbandType)9, 1, BuiltInType.Double, true, StatusCodes.BadDeadbandFilterInvalid)]
    public void What_makes_no_sense_is_refused(
        DeadbandType type, double value, BuiltInType of, bool hasRange, uint expected)
    {
        Of(type, value, of, hasRange ? Range : null, out var status);

        Assert.Equal(new StatusCode(expected), status);
    }

    [Fact]
    public void Another_kind_of_filter_is_refused()
    {
        DeadbandFilter.Of(
            ExtensionObject.Of(Range), BuiltInType.Double, null, DecodingLimits.Default, out var status);

        Assert.Equal(new StatusCode(StatusCodes.BadMonitoredItemFilterUnsupported), status);
    }

    private static DeadbandFilter Of(
        DeadbandType type,
        double value,
        BuiltInType of,
        EdgeAgent.OpcUa.Services.Range? range,
        out StatusCode status) =>
        DeadbandFilter.Of(
            ExtensionObject.Of(new DataChangeFilter
            {
                Trigger = DataChangeTrigger.StatusValue,
                DeadbandType = (uint)type,
                DeadbandValue = value,
            }),
            of, range, DecodingLimits.Default, out status);

    private static bool IsChange(DeadbandFilter filter, double before, double now) =>
        filter.IsChange(Variant.From(before), default, T0, Variant.From(now), default, T1);
}

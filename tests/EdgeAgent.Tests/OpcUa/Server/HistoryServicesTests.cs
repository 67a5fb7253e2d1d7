using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class HistoryServicesTests : IDisposable
{
    private const int Capacity = 100;

    private readonly ServerRig _rig = new();
    private readonly UaDateTime _start;

    public HistoryServicesTests()
    {
        var node = _rig.Space.AddVariable(
            AddressSpace.Objects, new VariableDefinition(_rig.Id("h"), "h") { HistoryLength = Capacity });
        _rig.AddCounter();
        _rig.Open();
        _start = _rig.Now;
        for (var i = 0; i < 150; i++)
        {
            _rig.Space.Set(node, Variant.From((double)i), StatusCodes.Good, At(i));
        }
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_oldest_values_have_given_way() =>
        Assert.Equal(Numbers(50, 149), ReadAll(At(0), At(1_000)));

    [Fact]
    public void The_start_belongs_to_the_range_and_the_end_does_not() =>
        Assert.Equal(Numbers(60, 69), ReadAll(At(60), At(70)));

    [Fact]
    public void An_end_before_the_start_reads_backwards() =>
        Assert.Equal(Numbers(61, 69).Reverse(), ReadAll(At(69), At(60)));

    [Theory]
    [InlineData(7u)]
    [InlineData(10u)]
    [InlineData(1u)]
    public void Pages_follow_each_other_without_loss(uint page)
    {
        Assert.Equal(Numbers(50, 99), ReadAll(At(50), At(100), page));
        Assert.Equal(Numbers(51, 99).Reverse(), ReadAll(At(99), At(50), page));
    }

    [Fact]
    public void A_number_alone_reads_on_from_the_start_or_back_from_the_end()
    {
        Assert.Equal(Numbers(60, 64), Values(Read(At(60), default, 5)));
        Assert.Equal(Numbers(56, 60).Reverse(), Values(Read(default, At(60), 5)));
    }

    [Fact]
    public void Nothing_in_the_range_is_no_error()
    {
        var result = Read(At(1_000), At(2_000), 0);

        Assert.Equal(new StatusCode(StatusCodes.GoodNoData), result.StatusCode);
        Assert.Empty(Values(result));
    }

    [Fact]
    public void A_continuation_that_is_released_is_gone()
    {
        var point = Read(At(50), At(100), 5).ContinuationPoint;

        Assert.Equal(StatusCode.Good, Read(At(50), At(100), 5, point, release: true).StatusCode);
        Assert.Equal(
            new StatusCode(StatusCodes.BadContinuationPointInvalid), Read(At(50), At(100), 5, point).StatusCode);
    }

    [Fact]
    public void A_variable_without_history_says_so() =>
        Assert.Equal(
            new StatusCode(StatusCodes.BadHistoryOperationUnsupported),
            Read(At(0), At(1), 0, node: "Counter").StatusCode);

    [Fact]
    public void One_of_three_bounds_is_not_enough() =>
        Assert.Equal(
            new StatusCode(StatusCodes.BadHistoryOperationInvalid),
            Assert.Throws<OpcUaException>(() => Read(At(0), default, 0)).Status);

    private static double[] Numbers(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(i => (double)i)];

    private static double[] Values(HistoryReadResult result) =>
        [.. result.HistoryData.As<HistoryData>(DecodingLimits.Default)!.DataValues
            .Select(value => value.Value.AsDouble()!.Value)];

    private UaDateTime At(int second) => new(_start.Ticks + (second * TimeSpan.TicksPerSecond));

    private double[] ReadAll(UaDateTime start, UaDateTime end, uint page = 0)
    {
        var found = new List<double>();
        byte[]? point = null;
        do
        {
            var result = Read(start, end, page, point);
            found.AddRange(Values(result));
            point = result.ContinuationPoint;
        }
        while (point is not null);
        return [.. found];
    }

    private HistoryReadResult Read(
        UaDateTime start, UaDateTime end, uint count, byte[]? point = null, bool release = false, string node = "h") =>
        _rig.Call<HistoryReadRequest, HistoryReadResponse>(new()
        {
            RequestHeader = _rig.Header,
            TimestampsToReturn = TimestampsToReturn.Both,
            ReleaseContinuationPoints = release,
            HistoryReadDetails = ExtensionObject.Of(new ReadRawModifiedDetails
            {
                StartTime = start,
                EndTime = end,
                NumValuesPerNode = count,
            }),
            NodesToRead = [new() { NodeId = _rig.Id(node), ContinuationPoint = point }],
        }).Results[0];
}

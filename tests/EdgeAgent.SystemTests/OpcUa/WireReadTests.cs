using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// What the client reads under None, compared value by value with what tshark decodes of the same packets.
/// </summary>
[Collection(InteropCollection.Name)]
public sealed class WireReadTests(InteropRig rig)
{
    // Longer arrays tshark does not take apart.
    private const int TsharkElementsMax = 10_000;

    [Fact]
    public async Task Every_value_read_is_the_one_that_tshark_decodes()
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        await using var wire = await Tshark.CaptureAsync((await rig.ServerAsync()).Port);
        string[] names =
        [
            .. InteropValues.Scalars.Keys.Select(name => "Scalar." + name),
            .. InteropValues.Arrays.Where(array => array.Value.Array!.Count < TsharkElementsMax)
                .Select(array => "Array." + array.Key),
            .. InteropValues.Statuses.Keys.Select(name => "Status." + name),
            .. from name in new[]
               {
                   "Mode", "Class", "Axis", "Axes", "Machine", "MeasurementFull", "MeasurementBare", "ReadingNumber",
                   "ReadingText",
               }
               select "Typed." + name,
            "Counter", "Real", "Nowhere",
        ];

        var values = await session.ReadValuesAsync(names.Select(session.OnLine));
        await wire.StopAsync();

        Assert.Equal(names.Length, values.Count);
        AssertSame(values, await wire.ReadValuesAsync(Tshark.ReadResponse));
    }

    [Fact]
    public async Task Every_value_of_the_columns_is_the_one_that_tshark_decodes()
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        string[] names =
        [
            .. InteropValues.Scalars.Keys.Select(name => "Scalar." + name),
            .. InteropValues.Statuses.Keys.Select(name => "Status." + name),
        ];
        var nodes = names
            .Select(name => new ReadValueId { NodeId = session.OnLine(name), AttributeId = AttributeIds.Value })
            .ToList();
        var handles = Enumerable.Range(0, nodes.Count).Select(row => (uint)row + 1000).ToList();
        var read = session.PrepareRead(nodes, handles, TimestampsToReturn.Both, TimeSpan.Zero);
        var columns = new ValueColumns();
        await using var wire = await Tshark.CaptureAsync((await rig.ServerAsync()).Port);

        await session.ReadAsync(read, columns, TestContext.Current.CancellationToken);
        await wire.StopAsync();

        Assert.Equal(handles, columns.Handles.ToArray());
        AssertSame(
            [.. Enumerable.Range(0, columns.Count).Select(row => columns.ReadDataValue(row, DecodingLimits.Default))],
            WithoutPicoseconds(await wire.ReadValuesAsync(Tshark.ReadResponse)));
    }

    [Fact]
    public async Task History_over_several_pages_is_complete_and_what_tshark_decodes()
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        await using var wire = await Tshark.CaptureAsync((await rig.ServerAsync()).Port);
        var end = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var values = new List<DataValue>();
        var pages = 0;
        const int pageValues = 300;

        await foreach (var page in session.HistoryReadRawAsync(
            [session.OnLine("History.Temperature")],
            UaDateTime.From(end.AddDays(-1)),
            UaDateTime.From(end),
            pageValues,
            TestContext.Current.CancellationToken))
        {
            pages++;
            values.AddRange(Enumerable.Range(0, page.Values.Count).Select(
                row => page.Values.ReadDataValue(row, DecodingLimits.Default)));
        }

        await wire.StopAsync();
        Assert.Equal((InteropRig.HistoryPoints / pageValues) + 1, pages);
        Assert.Equal(
            Enumerable.Range(0, InteropRig.HistoryPoints).Select(n => (
                n / 4.0,
                end.AddSeconds(n - InteropRig.HistoryPoints),
                n % 10 == 9)),
            values.Select(value => (
                value.Value.AsDouble()!.Value, value.SourceTime.ToUtc(), value.Status.IsUncertain)));
        AssertSame(values, WithoutPicoseconds(await wire.ReadValuesAsync(Tshark.HistoryReadResponse)));
    }

    // Columns keep times to 100 ns.
    private static IEnumerable<TsharkValue> WithoutPicoseconds(IEnumerable<TsharkValue> values) =>
        values.Select(value => value with { SourcePicoseconds = 0, ServerPicoseconds = 0 });

    private static void AssertSame(IEnumerable<DataValue> delivered, IEnumerable<TsharkValue> decoded) =>
        Assert.Equal(decoded.Select(value => value.ToString()), delivered.Select(WireText.Of));
}

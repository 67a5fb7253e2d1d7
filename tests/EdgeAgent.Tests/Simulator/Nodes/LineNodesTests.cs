using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.Simulator.Nodes;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Nodes;

public sealed class LineNodesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 13, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly IReadOnlyList<UnitImage> _units =
        [.. PlantUnits.Of(new PlantScript(1)).Where(unit => unit.Device.Endpoint == "machining")];

    private readonly AddressSpace _space = new();
    private readonly LineNodes _nodes;

    public LineNodesTests() => _nodes = new(_space, "machining", _units);

    [Fact]
    public void Every_point_is_a_variable_at_the_address_that_the_point_table_gives()
    {
        Assert.Equal(_units.Sum(unit => unit.Points.Count), _nodes.VariableCount);
        _nodes.Update(0, UaDateTime.From(Start));
        foreach (var unit in _units)
        {
            foreach (var point in unit.Points)
            {
                Assert.True(NodeOf(unit, point) >= 0, $"{unit.Device.Id}.{point.Name}");
            }
        }
    }

    [Fact]
    public void A_variable_shows_what_the_script_says_since_the_time_at_which_it_changed()
    {
        var unit = _units.Single(unit => unit.Device.Id == "cnc1");
        var point = unit.Points.Single(point => point.Name == MachinePoints.Produced);
        var (shown, since) = (-1L, UaDateTime.None);
        var changes = 0;
        for (var time = 0L; time < 10 * PlantTime.Minute; time += PlantTime.Second)
        {
            var now = UaDateTime.From(Start.AddMicroseconds(time));
            _nodes.Update(time, now);
            var truth = (ushort)point.RawAt(unit.At(time));
            if (truth != shown)
            {
                (shown, since) = (truth, now);
                changes++;
            }

            var value = _space.Get(NodeOf(unit, point), now);

            Assert.Equal(Variant.From(truth), value.Value);
            Assert.Equal(since, value.SourceTime);
            Assert.True(value.Status.IsGood);
        }

        Assert.InRange(changes, 5, 60);
    }

    [Fact]
    public void Texts_floats_and_packed_decimals_are_what_they_mean()
    {
        _nodes.Update(0, UaDateTime.From(Start));
        var types = _units.SelectMany(unit => unit.Points.Select(point => (
            point.Type, _space.Get(NodeOf(unit, point), UaDateTime.From(Start)).Value.Type))).Distinct().ToHashSet();

        Assert.Contains((PointType.Text, BuiltInType.String), types);
        Assert.Contains((PointType.Float32, BuiltInType.Float), types);
        Assert.Contains((PointType.Float64, BuiltInType.Double), types);
        Assert.Contains((PointType.Bcd32, BuiltInType.UInt32), types);
        Assert.Contains((PointType.Bool, BuiltInType.Boolean), types);
        Assert.Equal(types.Select(pair => pair.Item1).Distinct().Count(), types.Count);
    }

    private int NodeOf(UnitImage unit, Point point)
    {
        var address = LineNodes.AddressOf(unit, point);
        var index = _space.AddNamespace(address.NamespaceUri!); // Known already: gives its index.
        return _space.Find(address.Id.InNamespace(index));
    }
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.Simulator.Registers;

namespace EdgeAgent.Simulator.Nodes;

/// <summary>
/// The machines of one line as nodes: an object for each machine, a variable for each of its points. A variable carries
/// the time at which its value became what it is.
/// </summary>
internal sealed class LineNodes
{
    private readonly List<(UnitImage Unit, (Point Point, int Node, Variant Shown)[] Variables)> _machines = [];

    public LineNodes(AddressSpace space, string line, IEnumerable<UnitImage> units)
    {
        Space = space;
        var index = space.AddNamespace(NamespaceUriOf(line));
        foreach (var unit in units)
        {
            var machine = space.AddObject(
                AddressSpace.Objects, new NodeId(index, unit.Device.Id), unit.Device.Id);
            _machines.Add((unit, [.. unit.Points.Select(point => (point, Add(machine, unit, point), Variant.Null))]));
        }

        int Add(int machine, UnitImage unit, Point point) => space.AddVariable(
            machine, new VariableDefinition(new(index, IdentifierOf(unit, point)), point.Name)
            {
                Type = NodeValue.TypeOf(point),
                DisplayName = new("zh-CN", point.Description),
                Description = unit.Device.Name + point.Description,
            });
    }

    public AddressSpace Space { get; }

    public int VariableCount => _machines.Sum(machine => machine.Variables.Length);

    public IEnumerable<UnitImage> Units => _machines.Select(machine => machine.Unit);

    /// <summary>The namespace of a line's machines.</summary>
    public static string NamespaceUriOf(string line) => $"urn:edgeagent:simulator:{line}";

    /// <summary>The address as the point table writes it.</summary>
    public static NodeAddress AddressOf(UnitImage unit, Point point) =>
        new(NamespaceUriOf(unit.Device.Endpoint!), new(0, IdentifierOf(unit, point)));

    /// <summary>Brings every variable up to a plant time.</summary>
    /// <param name="time">Plant time, microseconds.</param>
    /// <param name="sourceTime">The same on the clock.</param>
    public void Update(long time, UaDateTime sourceTime)
    {
        lock (Space.Gate)
        {
            foreach (var (unit, variables) in _machines)
            {
                var moment = unit.At(time);
                foreach (ref var variable in variables.AsSpan())
                {
                    var value = NodeValue.At(variable.Point, moment);
                    if (value != variable.Shown)
                    {
                        variable.Shown = value;
                        Space.Set(variable.Node, value, StatusCode.Good, sourceTime);
                    }
                }
            }
        }
    }

    private static string IdentifierOf(UnitImage unit, Point point) => $"{unit.Device.Id}.{point.Name}";
}

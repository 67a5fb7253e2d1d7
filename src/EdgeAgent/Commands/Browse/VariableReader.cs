using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Browse;

/// <summary>Reads what a tag table needs to know about the variables of a walk.</summary>
internal sealed class VariableReader(ClientSession session, IReadOnlyList<WalkedNode> nodes)
{
    private const int BatchSize = 250;
    private const int CurrentRead = 1;
    private const string UnitProperty = "EngineeringUnits";

    private static readonly uint[] Attributes =
    [
        AttributeIds.DataType, AttributeIds.ValueRank, AttributeIds.UserAccessLevel,
        AttributeIds.MinimumSamplingInterval,
    ];

    private readonly ILookup<int, int> _units = Enumerable.Range(0, nodes.Count)
        .Where(index => nodes[index] is { IsProperty: true, Name: { NamespaceIndex: 0, Name: UnitProperty } })
        .ToLookup(index => nodes[index].Parent);

    private readonly Dictionary<int, VariableFacts> _facts = [];

    /// <summary>By index of the node; what has been read stays when the reading is interrupted.</summary>
    public IReadOnlyDictionary<int, VariableFacts> Facts => _facts;

    /// <exception cref="OpcUa.OpcUaException">The service failed.</exception>
    public async Task RunAsync(IReadOnlyList<int> variables, Action<int> progress, CancellationToken cancellationToken)
    {
        foreach (var batch in variables.Chunk(BatchSize))
        {
            await ReadAsync(batch, cancellationToken);
            progress(_facts.Count);
        }
    }

    private async Task ReadAsync(int[] batch, CancellationToken cancellationToken)
    {
        var attributes = await session.ReadAsync(
            [
                .. batch.SelectMany(index => Attributes.Select(attribute =>
                    new ReadValueId { NodeId = nodes[index].Id, AttributeId = attribute })),
            ],
            TimestampsToReturn.Neither,
            TimeSpan.Zero,
            cancellationToken);
        var types = batch.Select((_, i) => TypeOf(attributes[i * Attributes.Length])).ToArray();
        await session.DataTypes.LoadAsync(types, cancellationToken);
        var units = await ReadUnitsAsync(batch, cancellationToken);
        var actual = await ReadActualTypesAsync(batch, types, cancellationToken);
        for (var i = 0; i < batch.Length; i++)
        {
            var at = i * Attributes.Length;
            var type = session.DataTypes.BuiltInTypeOf(types[i]);
            var values = actual.GetValueOrDefault(batch[i]);
            _facts[batch[i]] = new()
            {
                Type = type == BuiltInType.Variant ? values.Type : type,
                IsArray = values.IsArray || attributes[at + 1].Value.AsInt64() is >= 0,
                IsReadable = attributes[at + 2].Value.AsInt64() is not { } access || (access & CurrentRead) != 0,
                IsEnumeration = type == BuiltInType.Int32 && types[i] is not { NamespaceIndex: 0, Numeric: 6 },
                Unit = units.GetValueOrDefault(batch[i], ""),
                SamplingInterval = attributes[at + 3].Value.AsDouble() is { } milliseconds and > 0 and < int.MaxValue
                    ? TimeSpan.FromMilliseconds(milliseconds)
                    : null,
            };
        }
    }

    // A variable of an abstract type says only by its value what it is.
    private async Task<Dictionary<int, Variant>> ReadActualTypesAsync(
        int[] batch, NodeId[] types, CancellationToken cancellationToken)
    {
        var open = batch.Where((_, i) => session.DataTypes.BuiltInTypeOf(types[i]) == BuiltInType.Variant).ToArray();
        var values = await session.ReadAttributeAsync(
            open.Select(index => nodes[index].Id), AttributeIds.Value, cancellationToken);
        return open.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second.Value);
    }

    private async Task<Dictionary<int, string>> ReadUnitsAsync(int[] batch, CancellationToken cancellationToken)
    {
        var properties = batch.Where(index => _units[index].Any())
            .Select(index => (Variable: index, Property: _units[index].First()))
            .ToArray();
        var values = await session.ReadAttributeAsync(
            properties.Select(pair => nodes[pair.Property].Id), AttributeIds.Value, cancellationToken);
        return properties.Zip(values).ToDictionary(pair => pair.First.Variable, pair => UnitOf(pair.Second.Value));
    }

    private string UnitOf(Variant value)
    {
        try
        {
            return value.Object is ExtensionObject unit
                ? unit.As<EUInformation>(session.Settings.Decoding)?.DisplayName.Text?.Trim() ?? ""
                : "";
        }
        catch (OpcUa.OpcUaException)
        {
            // A malformed description of a unit is as good as none.
            return "";
        }
    }

    private static NodeId TypeOf(DataValue value) =>
        !value.Status.IsBad && value.Value.Object is NodeId id ? id : NodeId.Null;
}

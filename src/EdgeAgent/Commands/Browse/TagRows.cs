using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Browse;

/// <summary>Proposes rows of tags.csv for the variables of a walk.</summary>
internal sealed class TagRows(
    IReadOnlyList<WalkedNode> nodes, IReadOnlyDictionary<int, VariableFacts> facts, NamespaceTable namespaces)
{
    // tags.csv takes 10 ms to one day; a float has to say how many decimals count, and three are a guess.
    private const string DecimalsOfFloats = "3";

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private static readonly NodeId FolderType = new(61);

    private readonly TagName _names = new();

    /// <param name="variables">
    /// Indices of the nodes, in the order of the rows; those without facts are left out.
    /// </param>
    public IReadOnlyList<TagRow> Of(IEnumerable<int> variables) =>
        [.. variables.Where(facts.ContainsKey).Select(index => Row(index, facts[index]))];

    private TagRow Row(int index, VariableFacts fact)
    {
        var path = PathOf(index);
        var machine = Machine(path);
        var address = namespaces.AddressOf(nodes[index].Id)?.ToString();
        var unit = UnitTable.Meant(fact.Unit)?.Symbol ?? "";
        var type = Word(fact.Type);
        return new(
            index,
            _names.Make([.. path.Skip(machine).Select(NameOf)]),
            TagName.Segment(NameOf(path[Math.Min(machine, path.Count - 1)])),
            address ?? nodes[index].Id.ToString(),
            type ?? "",
            unit,
            type is "float32" or "float64" ? DecimalsOfFloats : "",
            Interval(fact.SamplingInterval),
            Description(index, fact, unit),
            Problem(fact, type, address));
    }

    private string NameOf(int index) => nodes[index].Name.Name ?? nodes[index].DisplayName;

    private string Description(int index, VariableFacts fact, string unit)
    {
        // A property says something about its parent: CurrentState.Number is read for the state, not for the number.
        var name = nodes[index].IsProperty
            ? $"{nodes[nodes[index].Parent].DisplayName} {nodes[index].DisplayName}"
            : nodes[index].DisplayName;
        var printable = TerminalText.Of(fact.Unit.Length > 0 && unit.Length == 0 ? $"{name} [{fact.Unit}]" : name);
        return printable.Trim();
    }

    private List<int> PathOf(int index)
    {
        List<int> path = [];
        for (; index > 0; index = nodes[index].Parent)
        {
            path.Add(index);
        }

        path.Reverse();
        return path;
    }

    // The first object that is no folder: DeviceSet, Machines and the like only hold the machines.
    private int Machine(List<int> path)
    {
        var machine = path.FindIndex(index => !nodes[index].IsVariable && nodes[index].Type != FolderType);
        return machine >= 0 ? machine : Math.Max(path.Count - 2, 0);
    }

    private static string Interval(TimeSpan? sampling)
    {
        if (sampling is not { } interval)
        {
            return "";
        }

        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(interval.TotalMilliseconds));
        return DurationText.Format(whole < ShortestInterval ? ShortestInterval
            : whole > LongestInterval ? LongestInterval
            : whole);
    }

    private static string? Problem(VariableFacts fact, string? type, string? address) =>
        address is null ? "命名空间没有 URI / its namespace has no URI"
        : !fact.IsReadable ? "这个用户不能读 / this user may not read it"
        : fact.IsArray ? "数组：在“字段”列写 [0] 取一个元素 / an array: name an element in the column field, as in [0]"
        : fact.Type == BuiltInType.ExtensionObject
            ? "结构：在“字段”列写字段名 / a structure: name a field in the column field"
        : fact.Type == BuiltInType.Null ? "类型不明 / its type is not known"
        : type is null ? $"{fact.Type} 不能做测点 / a {fact.Type} cannot be a tag"
        : null;

    /// <summary>The word of tags.csv for a built-in type, or null where no tag can hold it.</summary>
    internal static string? Word(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => "bool",
        BuiltInType.SByte => "int8",
        BuiltInType.Byte => "uint8",
        BuiltInType.Int16 => "int16",
        BuiltInType.UInt16 => "uint16",
        BuiltInType.Int32 => "int32",
        BuiltInType.UInt32 => "uint32",
        BuiltInType.Int64 => "int64",
        BuiltInType.UInt64 => "uint64",
        BuiltInType.Float => "float32",
        BuiltInType.Double => "float64",
        BuiltInType.DateTime => "datetime",
        BuiltInType.String or BuiltInType.LocalizedText or BuiltInType.QualifiedName or BuiltInType.Guid
            or BuiltInType.XmlElement => "string",
        _ => null,
    };
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// Collects the data types of a server: add those of the tags, then what <see cref="Unknown"/> names until it is empty
/// or the server has no more, then build. Not safe for concurrent use; may go on after <see cref="Build"/>.
/// </summary>
/// <param name="limits">Bounds for the decoding of the definitions; null for the default.</param>
public sealed class TypeTableBuilder(DecodingLimits? limits = null)
{
    /// <summary>More data types than any companion model has; beyond, a server is making them up.</summary>
    public const int TypesMax = 16_384;

    // Part 3 bounds no chain of supertypes; a longer one is a circle.
    private const int SuperTypesMax = 64;

    // Part 6, 5.2.7: the encoding mask has 32 bits.
    private const int OptionalFieldsMax = 32;

    private readonly DecodingLimits _limits = limits ?? DecodingLimits.Default;
    private readonly Dictionary<NodeId, Entry> _entries = [];

    /// <summary>How many data types have been added.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// The data types that fields and supertypes refer to and that have not been added. Those of namespace 0 that are
    /// built in are known. Empty when <see cref="TypesMax"/> is reached.
    /// </summary>
    public IReadOnlyList<NodeId> Unknown =>
        [.. _entries.Values
            .SelectMany(entry => entry.References())
            .Where(id => !id.IsNull && !IsKnown(id))
            .Distinct()
            .Take(TypesMax - Count)];

    /// <summary>Whether this data type needs not be asked for.</summary>
    public bool IsKnown(NodeId dataType) =>
        _entries.ContainsKey(dataType) || StandardDataTypes.BuiltInTypeOf(dataType) is not null
        || dataType == new NodeId(StandardDataTypes.Union);

    /// <summary>Adds a data type, or replaces it by what is known now.</summary>
    /// <exception cref="OpcUaException">Its definition is malformed, or there are too many types; it is not
    /// added.</exception>
    public void Add(DataTypeNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (Count >= TypesMax && !_entries.ContainsKey(node.Id))
        {
            throw new OpcUaException(
                StatusCodes.BadEncodingLimitsExceeded, $"a server has more than {TypesMax} data types");
        }

        var definition = node.Definition.Object as ExtensionObject? ?? default;
        var structure = definition.As<StructureDefinition>(_limits);

        // Servers have been seen to give a definition without fields beside texts in a property.
        var texts = definition.As<EnumDefinition>(_limits) is { Fields.Count: > 0 } enumeration
            ? EnumerationTexts.From(enumeration)
            : EnumerationTexts.From(node.EnumTexts, _limits);
        _entries[node.Id] = new(node, structure, texts);
    }

    /// <summary>A table of all that has been added. What refers to unknown types is in it with the reason.</summary>
    public TypeTable Build()
    {
        var layouts = _entries.Values
            .Where(entry => entry is { Structure: not null, Node.IsAbstract: false })
            .ToDictionary(entry => entry.Node.Id, entry =>
                new StructureLayout(entry.Node.Id, entry.Node.Name, entry.TypeId));
        foreach (var layout in layouts.Values)
        {
            Fill(layout, _entries[layout.DataType].Structure!, layouts);
        }

        var seen = new HashSet<StructureLayout>();
        foreach (var layout in layouts.Values)
        {
            FixSizes(layout, seen, 0);
        }

        // Two data types with one encoding: neither can be told from the other.
        var byTypeId = layouts.Values
            .GroupBy(layout => layout.TypeId)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single());
        return new(
            byTypeId,
            _entries.Where(entry => entry.Value.Texts.Count > 0)
                .ToDictionary(entry => entry.Key, entry => entry.Value.Texts));
    }

    // Inner layouts first. A layout that contains itself is met again while it is open, and has no fixed size.
    private static void FixSizes(StructureLayout layout, HashSet<StructureLayout> seen, int depth)
    {
        if (depth > SuperTypesMax || !seen.Add(layout))
        {
            return;
        }

        foreach (var field in layout.Fields)
        {
            if (field.Shape.Layout is { } inner)
            {
                FixSizes(inner, seen, depth + 1);
            }
        }

        layout.FixSize();
    }

    private void Fill(
        StructureLayout layout, StructureDefinition definition, Dictionary<NodeId, StructureLayout> layouts)
    {
        var fields = new List<FieldLayout>(definition.Fields.Count);
        string? problem = null;
        var optional = 0;
        foreach (var field in definition.Fields)
        {
            var isOptional = field.IsOptional && definition.StructureType == StructureType.StructureWithOptionalFields;
            var allowsSubtypes = field.IsOptional && definition.StructureType
                is StructureType.StructureWithSubtypedValues or StructureType.UnionWithSubtypedValues;
            var (type, inner) = Resolve(field.DataType, allowsSubtypes, layouts);
            if (type == BuiltInType.Null)
            {
                problem ??= $"the data type {field.DataType} of {layout.Name}.{field.Name} is not known";
            }
            else if (field.ValueRank is not -1 and < 1)
            {
                problem ??= $"{layout.Name}.{field.Name} has the value rank {field.ValueRank}, not -1 or 1 and above";
            }
            else if (isOptional && optional == OptionalFieldsMax)
            {
                problem ??= $"{layout.Name} has more than {OptionalFieldsMax} optional fields";
            }

            var shape = FieldShape.Of(type, inner, field.DataType, Math.Max(field.ValueRank, 0));
            fields.Add(new(field.Name ?? "", shape, isOptional ? 1u << (optional++ % OptionalFieldsMax) : 0));
        }

        if (!Enum.IsDefined(definition.StructureType))
        {
            problem ??= $"{layout.Name} has the structure type {definition.StructureType}";
        }

        layout.Fill(definition.StructureType, fields, problem);
    }

    // Part 6, 5.1.7: fields of an abstract structure, and those that allow subtypes, hold ExtensionObjects; those of an
    // abstract type that is no structure hold Variants. BuiltInType.Null is an unknown type.
    private (BuiltInType Type, StructureLayout? Layout) Resolve(
        NodeId dataType, bool allowsSubtypes, Dictionary<NodeId, StructureLayout> layouts)
    {
        if (layouts.TryGetValue(dataType, out var layout))
        {
            return (BuiltInType.ExtensionObject, allowsSubtypes ? null : layout);
        }

        var isAbstract = _entries.TryGetValue(dataType, out var first) && first.Node.IsAbstract;
        var id = dataType;
        for (var depth = 0; depth < SuperTypesMax; depth++)
        {
            if (StandardDataTypes.BuiltInTypeOf(id) is { } type)
            {
                var isStructure = type == BuiltInType.ExtensionObject && depth > 0;
                return isStructure && !isAbstract && !allowsSubtypes ? default : (type, null);
            }

            if (id == new NodeId(StandardDataTypes.Union))
            {
                return isAbstract || allowsSubtypes || depth == 0 ? (BuiltInType.ExtensionObject, null) : default;
            }

            if (!_entries.TryGetValue(id, out var entry))
            {
                break;
            }

            id = entry.SuperType;
        }

        // An enumeration without a supertype to be seen is still an Int32.
        return first is { Texts.Count: > 0, SuperType.IsNull: true } ? (BuiltInType.Int32, null) : default;
    }

    private sealed record Entry(DataTypeNode Node, StructureDefinition? Structure, EnumerationTexts Texts)
    {
        public NodeId SuperType =>
            Node.SuperType.IsNull && Structure is not null ? Structure.BaseDataType : Node.SuperType;

        public NodeId TypeId =>
            Structure is { DefaultEncodingId.IsNull: false } ? Structure.DefaultEncodingId
            : Node.BinaryEncodingId.IsNull ? Node.Id
            : Node.BinaryEncodingId;

        // A structure with a definition has the fields of its supertypes in it (Part 3, 8.48).
        public IEnumerable<NodeId> References() =>
            Structure is null ? [SuperType] : Structure.Fields.Select(field => field.DataType);
    }
}

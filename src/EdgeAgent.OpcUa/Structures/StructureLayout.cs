using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// How a structure is encoded (Part 6, 5.2.6 to 5.2.8), with everything looked up that can be looked up before.
///
///   Structure                    │ fields │
///   StructureWithOptionalFields  │ mask:4 │ the fields that are always there and those whose bit is set │
///   Union                        │ switch:4 │ the field with that number from 1 on; 0 is none │
/// </summary>
internal sealed class StructureLayout(NodeId dataType, string name, NodeId typeId)
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private uint _optionalBits;

    public NodeId DataType { get; } = dataType;

    public string Name { get; } = name;

    /// <summary>The id in ExtensionObjects; the data type's own where the type only stands within others.</summary>
    public NodeId TypeId { get; } = typeId;

    public IReadOnlyList<FieldLayout> Fields { get; private set; } = [];

    public bool IsUnion { get; private set; }

    /// <summary>Bytes where every value takes the same, else -1.</summary>
    public int FixedSize { get; private set; } = -1;

    /// <summary>Why values of this structure cannot be decoded, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Called once, when all layouts exist.</summary>
    public void Fill(StructureType type, IReadOnlyList<FieldLayout> fields, string? problem)
    {
        IsUnion = type is StructureType.Union or StructureType.UnionWithSubtypedValues;
        HasMask = type == StructureType.StructureWithOptionalFields;
        (Fields, Problem) = (fields, problem);
        for (var i = 0; i < fields.Count; i++)
        {
            _optionalBits |= fields[i].OptionalBit;
            if (!_indexes.TryAdd(fields[i].Name, i))
            {
                Problem ??= $"{Name} has two fields {fields[i].Name}";
            }
        }
    }

    /// <summary>
    /// Called when the layouts of all fields know their sizes; not for layouts that contain themselves.
    /// </summary>
    public void FixSize()
    {
        if (IsUnion || HasMask || Problem is not null
            || Fields.Any(field => field.Shape.Rank > 0 || field.Shape.FixedSize < 0))
        {
            return;
        }

        // A definition is only a claim: sizes of structures within structures may multiply.
        var size = Fields.Sum(field => (long)field.Shape.FixedSize);
        FixedSize = size <= int.MaxValue ? (int)size : -1;
    }

    /// <summary>The number of the field with that name, or -1.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);

    /// <summary>Reads what stands before the fields; then <see cref="IsPresent"/> says which follow.</summary>
    public uint ReadPrefix(ref UaReader reader)
    {
        if (Problem is not null)
        {
            throw new OpcUaException(StatusCodes.BadDataTypeIdUnknown, Problem);
        }

        if (!IsUnion && !HasMask)
        {
            return 0;
        }

        var prefix = reader.ReadUInt32();
        if (IsUnion && prefix > Fields.Count)
        {
            throw reader.Malformed($"the union {Name} has {Fields.Count} fields, its switch is {prefix}");
        }

        if (HasMask && (prefix & ~_optionalBits) != 0)
        {
            throw reader.Malformed($"0x{prefix:X8} is no encoding mask of {Name}");
        }

        return prefix;
    }

    public bool IsPresent(int index, uint prefix) => IsUnion
        ? prefix == (uint)index + 1
        : Fields[index].OptionalBit is var bit && (bit == 0 || (prefix & bit) != 0);

    private bool HasMask { get; set; }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>A variable as a test or the simulator wants it.</summary>
/// <param name="Id">Its namespace index as <see cref="AddressSpace.AddNamespace"/> gave it.</param>
/// <param name="Name">Browse name and, unless told otherwise, display name.</param>
public sealed record VariableDefinition(NodeId Id, string Name)
{
    /// <summary>Value rank of a scalar (Part 3, 5.6.2).</summary>
    public const int Scalar = -1;

    /// <summary>The built-in type of the value.</summary>
    public BuiltInType Type { get; init; } = BuiltInType.Double;

    /// <summary>An enumeration or structure; null: the built-in type itself.</summary>
    public NodeId? DataType { get; init; }

    /// <summary>-1 scalar, 1 array, 2 and more matrix.</summary>
    public int ValueRank { get; init; } = Scalar;

    public IReadOnlyList<uint> ArrayDimensions { get; init; } = [];

    /// <summary>Null: zero of a numeric type, else no value.</summary>
    public Variant Value { get; init; }

    /// <summary>Computes the value at each reading instead of a settable slot.</summary>
    public Func<UaDateTime, DataValue>? Function { get; init; }

    public LocalizedText? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Milliseconds; items are sampled no faster.</summary>
    public double MinimumSamplingInterval { get; init; }

    /// <summary>How many values the history keeps; 0: none.</summary>
    public int HistoryLength { get; init; }

    /// <summary>False: a read is answered with BadNotReadable.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Makes it an AnalogItem; percent deadbands need it (Part 8, 5.3.2.3).</summary>
    public Services.Range? EURange { get; init; }

    /// <summary>Makes it an AnalogItem.</summary>
    public EUInformation? EngineeringUnits { get; init; }

    /// <summary>Null: BaseDataVariableType, or AnalogItemType with a range or units.</summary>
    public NodeId? TypeDefinition { get; init; }

    /// <summary>A property instead of a component.</summary>
    public bool IsProperty { get; init; }
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What only some nodes have; null is the default of the attribute.</summary>
internal sealed class NodeExtras
{
    public LocalizedText? DisplayName { get; set; }

    public string? Description { get; set; }

    /// <summary>Of a variable, where it is not the built-in type itself.</summary>
    public NodeId? DataType { get; set; }

    public int ValueRank { get; set; } = VariableDefinition.Scalar;

    public IReadOnlyList<uint> ArrayDimensions { get; set; } = [];

    /// <summary>Milliseconds.</summary>
    public double MinimumSamplingInterval { get; set; }

    public bool IsHistorized { get; set; }

    public bool IsReadable { get; set; } = true;

    /// <summary>Of a data type: a StructureDefinition or EnumDefinition.</summary>
    public ExtensionObject? DataTypeDefinition { get; set; }

    /// <summary>Of a reference type.</summary>
    public string? InverseName { get; set; }

    public bool IsAbstract { get; set; }

    public bool IsSymmetric { get; set; }

    /// <summary>References beside those to parent, children and type.</summary>
    public List<ExtraReference> References { get; } = [];
}

/// <param name="Type">Row of the reference type.</param>
/// <param name="Target">Row of the other node.</param>
internal readonly record struct ExtraReference(int Type, int Target, bool IsForward);

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// How the value of a field is encoded: a built-in type or a structure inline, scalar, array or matrix.
/// </summary>
internal sealed class FieldShape
{
    private static readonly FieldShape[] BuiltIn =
        [.. Enumerable.Range(0, (int)BuiltInType.DiagnosticInfo + 1)
            .Select(id => new FieldShape((BuiltInType)id, null, new NodeId((uint)id), 0))];

    private FieldShape(BuiltInType type, StructureLayout? layout, NodeId dataType, int rank)
    {
        (Type, Layout, DataType, Rank) = (type, layout, dataType, rank);
        Element = rank == 0 ? this : new(type, layout, dataType, 0);
    }

    /// <summary>
    /// The built-in type; ExtensionObject also for a structure inline, which then has no type id before it.
    /// </summary>
    public BuiltInType Type { get; }

    /// <summary>The structure that stands inline, or null for a built-in type.</summary>
    public StructureLayout? Layout { get; }

    /// <summary>The data type as the definition names it.</summary>
    public NodeId DataType { get; }

    /// <summary>0 scalar, 1 array, 2 and more matrix.</summary>
    public int Rank { get; }

    /// <summary>The shape of one element; of a scalar its own.</summary>
    public FieldShape Element { get; }

    /// <summary>Bytes of every scalar of this shape, or -1 where they differ.</summary>
    public int FixedSize => Layout?.FixedSize ?? UaReader.FixedSizeOf(Type);

    /// <summary>
    /// The fewest bytes a scalar can take. All of varying size take one at least: a length, a mask, a switch.
    /// </summary>
    public int MinimumSize => Layout is null ? UaReader.MinimumSizeOf(Type) : Math.Max(Layout.FixedSize, 1);

    public static FieldShape Scalar(BuiltInType type) => BuiltIn[(int)type];

    public static FieldShape Of(BuiltInType type, StructureLayout? layout, NodeId dataType, int rank) =>
        new(type, layout, dataType, rank);
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>What a server says, in one session, about the types of the tags' nodes. Never changes.</summary>
/// <param name="Table">Structures and enumerations.</param>
/// <param name="DataTypes">The data type of each tag's node by handle; null where it was not asked for.</param>
internal sealed record ServerTypes(TypeTable Table, IReadOnlyList<NodeId> DataTypes)
{
    public static readonly ServerTypes Unknown = new(TypeTable.Empty, []);

    /// <summary>The text of an enumeration's value, or null if the node is none.</summary>
    public string? TextOf(uint handle, long value) =>
        handle < DataTypes.Count ? Table.TextOf(DataTypes[(int)handle], value) : null;
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>One field of a <see cref="StructureValue"/>.</summary>
/// <param name="Name">As the definition names it.</param>
/// <param name="DataType">As the definition names it; for <see cref="TypeTable.TextOf"/>.</param>
/// <param name="Value">A value, or an array of them.</param>
public readonly record struct StructureValueField(string Name, NodeId DataType, Variant Value);

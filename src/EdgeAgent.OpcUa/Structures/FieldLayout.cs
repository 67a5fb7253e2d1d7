namespace EdgeAgent.OpcUa.Structures;

/// <summary>A field of a structure in the order of the wire.</summary>
/// <param name="Name">Unique within the structure.</param>
/// <param name="Shape">How it is encoded.</param>
/// <param name="OptionalBit">Its bit in the encoding mask, or 0 where it is always there.</param>
internal sealed record FieldLayout(string Name, FieldShape Shape, uint OptionalBit);

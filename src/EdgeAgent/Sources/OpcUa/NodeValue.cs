namespace EdgeAgent.Sources.OpcUa;

/// <summary>A value of a node as a tag holds it.</summary>
/// <param name="Bits">By the tag's kind. With a fault: the raw value where it has that kind, else 0.</param>
/// <param name="Fault">None for a good value.</param>
internal readonly record struct NodeValue(long Bits, NodeFault Fault);

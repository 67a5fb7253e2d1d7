using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>What a <see cref="FieldPath"/> found in a value.</summary>
/// <param name="Status">
/// Good; BadTypeMismatch where the value is not made so (no such field, no array, no structure); BadIndexRangeNoData
/// beyond the end of an array; BadNotFound where the value has nothing there (null, an optional field left out, another
/// field of a union); BadDataTypeIdUnknown for a structure that the table does not know; BadDecodingError and
/// BadEncodingLimitsExceeded for bytes that do not fit the structure.
/// </param>
/// <param name="Value">The value found; null where the status is Bad.</param>
/// <param name="DataType">
/// The data type that the definition names, for <see cref="TypeTable.TextOf"/>; that of the built-in type outside
/// structures.
/// </param>
public readonly record struct FieldValue(StatusCode Status, Variant Value, NodeId DataType)
{
    internal static FieldValue Bad(uint status) => new(status, default, default);
}

namespace EdgeAgent.OpcUa.Structures;

/// <summary>One step of a <see cref="FieldPath"/>: into a field, or to an element.</summary>
/// <param name="Name">The field, or null.</param>
/// <param name="Indexes">One zero-based index for each dimension, or null.</param>
internal sealed record FieldStep(string? Name, int[]? Indexes);

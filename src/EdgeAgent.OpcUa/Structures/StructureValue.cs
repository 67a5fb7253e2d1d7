using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// A decoded structure. Structures within it stay ExtensionObjects, which <see cref="TypeTable.Decode"/> decodes as
/// well: what is deep inside costs nothing until it is looked at.
/// </summary>
/// <param name="Name">The name of the data type.</param>
/// <param name="DataType">The data type's node.</param>
/// <param name="Fields">
/// In the order of the definition. Optional fields that are left out are missing here, of a union there is one or none.
/// </param>
public sealed record StructureValue(string Name, NodeId DataType, IReadOnlyList<StructureValueField> Fields)
{
    /// <summary>The value of a field that is there, or null.</summary>
    public Variant? this[string name]
    {
        get
        {
            foreach (var field in Fields)
            {
                if (string.Equals(field.Name, name, StringComparison.Ordinal))
                {
                    return field.Value;
                }
            }

            return null;
        }
    }
}

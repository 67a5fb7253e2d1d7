using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Data types of one's own: enumerations and structures (Part 3, 8.47 to 8.52).</summary>
public sealed partial class AddressSpace
{
    /// <summary>
    /// An enumeration with its DataTypeDefinition, and EnumStrings where the values are 0, 1, 2 …, else EnumValues.
    /// </summary>
    /// <returns>The id to give as <see cref="VariableDefinition.DataType"/> of an Int32 variable.</returns>
    public NodeId AddEnumeration(NodeId id, string name, params IReadOnlyList<EnumField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        lock (Gate)
        {
            var node = AddNode(
                _nodes.Find(StandardIds.Enumeration), StandardIds.HasSubtype, new(NodeClass.DataType, id, name));
            ExtrasOf(node).DataTypeDefinition = ExtensionObject.Of(new EnumDefinition { Fields = fields });
            if (fields.Select((field, index) => field.Value == index).All(isIndex => isIndex))
            {
                var texts = fields.Select(field => field.DisplayName).ToArray();
                AddProperty(
                    node, "EnumStrings", StandardIds.LocalizedText,
                    Variant.From(new UaArray(BuiltInType.LocalizedText, texts)));
            }
            else
            {
                var values = fields.Select(field => ExtensionObject.Of(
                    new EnumValueType { Value = field.Value, DisplayName = field.DisplayName })).ToArray();
                AddProperty(
                    node, "EnumValues", StandardIds.EnumValueType,
                    Variant.From(new UaArray(BuiltInType.ExtensionObject, values)));
            }

            return id;
        }
    }

    /// <summary>A structure with its DataTypeDefinition and its node of the binary encoding.</summary>
    /// <param name="id">The data type.</param>
    /// <param name="encodingId">The TypeId of the values' ExtensionObjects.</param>
    /// <param name="name">Browse name.</param>
    /// <param name="definition">
    /// Fields; namespaces of the ids count in this space. DefaultEncodingId and BaseDataType are filled in where null.
    /// </param>
    public NodeId AddStructure(NodeId id, NodeId encodingId, string name, StructureDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        lock (Gate)
        {
            var node = AddNode(
                _nodes.Find(StandardIds.Structure), StandardIds.HasSubtype, new(NodeClass.DataType, id, name));
            AddNode(
                node, StandardIds.HasEncoding,
                new(NodeClass.Object, encodingId, "0:Default Binary") { Type = StandardIds.DataTypeEncodingType });
            ExtrasOf(node).DataTypeDefinition = ExtensionObject.Of(definition with
            {
                DefaultEncodingId = definition.DefaultEncodingId.IsNull ? encodingId : definition.DefaultEncodingId,
                BaseDataType = definition.BaseDataType.IsNull ? StandardIds.Structure : definition.BaseDataType,
            });
            return id;
        }
    }
}

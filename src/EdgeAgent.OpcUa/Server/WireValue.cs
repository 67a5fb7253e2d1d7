using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Values whose ids count in the space, as they go out: only ids know namespaces.</summary>
internal static class WireValue
{
    public static Variant Of(in Variant value, NamespaceOrder order) =>
        order.IsIdentity || value.Object is null ? value : Translate(value, order);

    /// <summary>A StructureDefinition names other types by their ids.</summary>
    public static ExtensionObject OfDefinition(ExtensionObject definition, NamespaceOrder order, DecodingLimits limits)
    {
        if (order.IsIdentity || definition.As<StructureDefinition>(limits) is not { } structure)
        {
            return definition;
        }

        return ExtensionObject.Of(structure with
        {
            DefaultEncodingId = order.ToWire(structure.DefaultEncodingId),
            BaseDataType = order.ToWire(structure.BaseDataType),
            Fields = [.. structure.Fields.Select(field => field with { DataType = order.ToWire(field.DataType) })],
        });
    }

    private static Variant Translate(Variant value, NamespaceOrder order) => value.Object switch
    {
        NodeId id => Variant.From(order.ToWire(id)),
        ExpandedNodeId { NamespaceUri: null } id => Variant.From(id with { NodeId = order.ToWire(id.NodeId) }),
        QualifiedName name => Variant.From(ToWire(name, order)),
        ExtensionObject body => Variant.From(body with { TypeId = order.ToWire(body.TypeId) }),
        UaArray { Elements: NodeId[] ids } array =>
            Array(array, Array(ids, id => order.ToWire(id))),
        UaArray { Elements: QualifiedName[] names } array =>
            Array(array, Array(names, name => ToWire(name, order))),
        UaArray { Elements: ExtensionObject[] bodies } array =>
            Array(array, Array(bodies, body => body with { TypeId = order.ToWire(body.TypeId) })),
        UaArray { Elements: Variant[] values } array =>
            Array(array, Array(values, inner => Of(inner, order))),
        _ => value,
    };

    private static QualifiedName ToWire(QualifiedName name, NamespaceOrder order) =>
        name with { NamespaceIndex = (ushort)Math.Max(0, order.ToWire(name.NamespaceIndex)) };

    private static T[] Array<T>(T[] elements, Converter<T, T> translate) =>
        System.Array.ConvertAll(elements, translate);

    private static Variant Array(UaArray array, Array elements) =>
        Variant.From(new UaArray(array.ElementType, elements, array.Dimensions));
}

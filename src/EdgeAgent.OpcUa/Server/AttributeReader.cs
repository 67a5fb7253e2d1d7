using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Attributes of nodes as a client reads them (Part 3, 5). Under the gate of the address space.</summary>
internal sealed class AttributeReader(ServerState state)
{
    private const byte CurrentRead = 1;
    private const byte HistoryRead = 4;

    private AddressSpace Space => state.Space;

    /// <summary>
    /// Reads an attribute. Its value has source and server time where it is the Value attribute (Part 4, 5.11.2.2).
    /// </summary>
    public DataValue Read(int node, uint attribute, UaDateTime now)
    {
        ref readonly var row = ref Space.Row(node);
        if (!state.Order.IsOnWire(row.Id))
        {
            return Bad(StatusCodes.BadNodeIdUnknown);
        }

        if (attribute == AttributeIds.Value && row.Class == NodeClass.Variable)
        {
            if (row.HasExtras && !Space.ExtrasOf(node).IsReadable)
            {
                return Bad(StatusCodes.BadNotReadable);
            }

            Space.Values.Read(row.Value, now, out var value, out var status, out var time);
            return new(WireValue.Of(value, state.Order), status, time.IsNone ? now : time, now);
        }

        var read = ReadOther(node, row, attribute);
        return read.IsNull ? Bad(StatusCodes.BadAttributeIdInvalid) : new(read, StatusCodes.Good, default, now);
    }

    /// <summary>Whether a node has the attribute at all.</summary>
    public bool Has(int node, uint attribute) =>
        attribute == AttributeIds.Value
            ? Space.Row(node).Class == NodeClass.Variable
            : !ReadOther(node, Space.Row(node), attribute).IsNull;

    private static DataValue Bad(StatusCode status) => new(default, status);

    private Variant ReadOther(int node, in NodeRow row, uint attribute)
    {
        var extras = Space.FindExtras(node);
        return attribute switch
        {
            AttributeIds.NodeId => Variant.From(state.Order.ToWire(row.Id)),
            AttributeIds.NodeClass => Variant.From((int)row.Class),
            AttributeIds.BrowseName => Variant.From(BrowseName(row)),
            AttributeIds.DisplayName => Variant.From(DisplayName(row, extras)),
            AttributeIds.Description => Variant.From(new LocalizedText(null, extras?.Description)),
            AttributeIds.WriteMask or AttributeIds.UserWriteMask => Variant.From(0u),
            _ => row.Class switch
            {
                NodeClass.Variable => OfVariable(row, extras, attribute),
                NodeClass.Object when attribute == AttributeIds.EventNotifier => Variant.From((byte)0),
                NodeClass.Method when attribute is AttributeIds.Executable or AttributeIds.UserExecutable =>
                    Variant.From(true),
                NodeClass.VariableType when attribute == AttributeIds.DataType => Variant.From(new NodeId(24)),
                NodeClass.VariableType when attribute == AttributeIds.ValueRank => Variant.From(-2),
                NodeClass.VariableType or NodeClass.ObjectType or NodeClass.ReferenceType or NodeClass.DataType
                    when attribute == AttributeIds.IsAbstract => Variant.From(extras?.IsAbstract ?? false),
                NodeClass.ReferenceType when attribute == AttributeIds.Symmetric =>
                    Variant.From(extras?.IsSymmetric ?? false),
                NodeClass.ReferenceType when attribute == AttributeIds.InverseName && extras?.InverseName is { } name =>
                    Variant.From(new LocalizedText(null, name)),
                NodeClass.DataType when attribute == AttributeIds.DataTypeDefinition
                    && extras?.DataTypeDefinition is { } definition =>
                    Variant.From(WireValue.OfDefinition(definition, state.Order, state.Limits.Decoding)),
                _ => default,
            },
        };
    }

    public QualifiedName BrowseName(in NodeRow row) =>
        new((ushort)Math.Max(0, state.Order.ToWire(row.NameNamespace)), row.BrowseName);

    public static LocalizedText DisplayName(in NodeRow row, NodeExtras? extras) =>
        extras?.DisplayName ?? new LocalizedText(null, row.BrowseName);

    private Variant OfVariable(in NodeRow row, NodeExtras? extras, uint attribute) => attribute switch
    {
        AttributeIds.DataType => Variant.From(
            state.Order.ToWire(extras?.DataType ?? new NodeId((uint)Space.Values.TypeOf(row.Value)))),
        AttributeIds.ValueRank => Variant.From(extras?.ValueRank ?? VariableDefinition.Scalar),
        AttributeIds.ArrayDimensions => Variant.From(
            new UaArray(BuiltInType.UInt32, extras?.ArrayDimensions.ToArray() ?? [])),
        AttributeIds.AccessLevel or AttributeIds.UserAccessLevel => Variant.From((byte)AccessLevel(extras)),
        AttributeIds.AccessLevelEx => Variant.From((uint)AccessLevel(extras)),
        AttributeIds.MinimumSamplingInterval => Variant.From(extras?.MinimumSamplingInterval ?? 0),
        AttributeIds.Historizing => Variant.From(extras?.IsHistorized ?? false),
        _ => default,
    };

    private static int AccessLevel(NodeExtras? extras) =>
        (extras?.IsReadable ?? true ? CurrentRead : 0) | (extras?.IsHistorized ?? false ? HistoryRead : 0);
}

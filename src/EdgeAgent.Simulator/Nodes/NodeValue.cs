using EdgeAgent.OpcUa.Binary;
using EdgeAgent.Simulator.Registers;

namespace EdgeAgent.Simulator.Nodes;

/// <summary>How a point of a machine looks as an OPC UA variable: the same number its register would hold.</summary>
internal static class NodeValue
{
    /// <summary>Packed decimals are a habit of registers; a variable has the number itself.</summary>
    public static BuiltInType TypeOf(Point point) => point.Type switch
    {
        PointType.Bool => BuiltInType.Boolean,
        PointType.Int16 => BuiltInType.Int16,
        PointType.UInt16 or PointType.Bcd16 => BuiltInType.UInt16,
        PointType.Int32 => BuiltInType.Int32,
        PointType.UInt32 or PointType.Bcd32 => BuiltInType.UInt32,
        PointType.Int64 => BuiltInType.Int64,
        PointType.UInt64 => BuiltInType.UInt64,
        PointType.Float32 => BuiltInType.Float,
        PointType.Float64 => BuiltInType.Double,
        _ => BuiltInType.String,
    };

    public static Variant At(Point point, in UnitMoment moment)
    {
        if (point.Text is not null)
        {
            return Variant.From(point.Text(moment));
        }

        var raw = point.RawAt(moment);
        return TypeOf(point) switch
        {
            BuiltInType.Boolean => Variant.From(raw != 0),
            BuiltInType.Int16 => Variant.From((short)raw),
            BuiltInType.UInt16 => Variant.From((ushort)raw),
            BuiltInType.Int32 => Variant.From((int)raw),
            BuiltInType.UInt32 => Variant.From((uint)raw),
            BuiltInType.Int64 => Variant.From(raw),
            BuiltInType.UInt64 => Variant.From((ulong)raw),
            BuiltInType.Float => Variant.From((float)point.FloatAt(moment)),
            _ => Variant.From(point.FloatAt(moment)),
        };
    }
}

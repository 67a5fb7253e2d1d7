using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Sources.Modbus;

/// <summary>One tag of a unit.</summary>
/// <param name="TagIndex">Index into the <see cref="TagTable"/>.</param>
/// <param name="Range">Where it lies; as many addresses as the format has registers, or one bit.</param>
/// <param name="Format">What is there.</param>
/// <param name="Interval">How often it is due; at least <see cref="ModbusSource.IntervalMin"/>.</param>
internal sealed record ModbusTag(int TagIndex, AddressRange Range, ValueFormat Format, TimeSpan Interval)
{
    /// <summary>The kind the tag must have in the <see cref="TagTable"/>.</summary>
    public ValueKind Kind => Range.Function.ReadsBits ? ValueKind.Boolean : Format.Kind switch
    {
        DecodedKind.Boolean => ValueKind.Boolean,
        DecodedKind.Int64 => ValueKind.Int64,
        DecodedKind.Text => ValueKind.Text,
        _ => ValueKind.Float64,
    };
}

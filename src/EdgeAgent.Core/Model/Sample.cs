using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Model;

/// <summary>One reading, as a row of a <see cref="SampleBatch"/>.</summary>
/// <param name="TagIndex">Index into the batch's <see cref="TagTable"/>.</param>
/// <param name="SourceTime">When the source says it measured; none for sources without a clock.</param>
/// <param name="ServerTime">When the server between source and agent saw it; none without such a server.</param>
/// <param name="GatewayTime">When the agent received it.</param>
/// <param name="Status">OPC UA status code. A bad sample keeps the raw value read, or 0 if none was.</param>
/// <param name="Bits">The value, read by the tag's <see cref="ValueKind"/>.</param>
public readonly record struct Sample(
    int TagIndex, UtcTime SourceTime, UtcTime ServerTime, UtcTime GatewayTime, StatusCode Status, long Bits)
{
    /// <summary>The instant the value belongs to: the source's where it has one, else the gateway's.</summary>
    public UtcTime EventTime => SourceTime.IsNone ? GatewayTime : SourceTime;

    public double Float64 => Unsafe.BitCast<long, double>(Bits);

    public static long BitsOf(double value) => Unsafe.BitCast<double, long>(value);

    public static long BitsOf(bool value) => value ? 1 : 0;
}

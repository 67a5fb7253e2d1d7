using System.Numerics;

namespace EdgeAgent.Modbus.Values;

/// <summary>
/// raw × scale + offset. For integers exact up to the one rounding into binary64, for floats in binary64. Immutable;
/// the default changes nothing.
/// </summary>
public readonly struct LinearScale
{
    private readonly DecimalScale _exact;
    private readonly double _scale;
    private readonly double _offset;

    /// <param name="scale">Not zero.</param>
    /// <param name="offset">Added after scaling.</param>
    /// <param name="largestInteger">The largest raw integer; null where the raw numbers are floats.</param>
    /// <exception cref="ArgumentException">
    /// A scale of zero, or too many digits to be applied exactly to the largest integer.
    /// </exception>
    public LinearScale(decimal scale, decimal offset, ulong? largestInteger)
    {
        if (scale == 0)
        {
            throw new ArgumentException("A scale of 0 turns every value into the offset; write 1 for no scale.");
        }

        IsScaled = scale != 1 || offset != 0;
        _scale = (double)scale;
        _offset = (double)offset;
        _exact = IsScaled && largestInteger is { } largest
            ? DecimalScale.Create(scale, offset, (BigInteger)largest)
            : default;
    }

    /// <summary>Whether it changes anything. If not, integers are to be kept as integers.</summary>
    public bool IsScaled { get; }

    public double Apply(long raw) => _exact.Apply(raw);

    public double Apply(ulong raw) => _exact.Apply(raw);

    public double Apply(double raw) => IsScaled ? (raw * _scale) + _offset : raw;
}

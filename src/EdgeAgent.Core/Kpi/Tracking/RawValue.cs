using System.Globalization;
using System.Runtime.CompilerServices;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>The value bits of a sample as the number or text they stand for.</summary>
internal static class RawValue
{
    public static bool TryInteger(ValueKind kind, long bits, out long integer)
    {
        integer = bits;
        return kind != ValueKind.Float64
            || (Mantissa.TryRound(Unsafe.BitCast<long, double>(bits), 0, out integer)
                && integer == Unsafe.BitCast<long, double>(bits));
    }

    /// <summary>A counter reading in units of the tag's last decimal; integers have none.</summary>
    public static bool TryMantissa(ValueKind kind, long bits, int decimals, out long mantissa)
    {
        mantissa = bits;
        return kind == ValueKind.Float64
            ? Mantissa.TryRound(Unsafe.BitCast<long, double>(bits), decimals, out mantissa)
            : kind != ValueKind.Text && bits is > -Mantissa.Limit and < Mantissa.Limit;
    }

    public static string ToText(ValueKind kind, long bits, TextCodes texts) => kind switch
    {
        ValueKind.Text => texts[bits],
        ValueKind.Float64 when !TryInteger(kind, bits, out _) =>
            Unsafe.BitCast<long, double>(bits).ToString("R", CultureInfo.InvariantCulture),
        _ => TryInteger(kind, bits, out var integer) ? integer.ToString(CultureInfo.InvariantCulture) : "",
    };
}

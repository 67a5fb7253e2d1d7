using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A reading, as far as it takes to tell it from another one of the same tag.</summary>
/// <param name="Time">Source time; server time where there is none, publish time where there is neither.</param>
/// <param name="Bits">The value of inline scalars, else a hash of its encoding that holds in this process.</param>
/// <param name="Status">With all flags.</param>
/// <param name="IsKnown">False where there has been no reading.</param>
internal readonly record struct Edge(UaDateTime Time, long Bits, StatusCode Status, bool IsKnown)
{
    public static Edge Of(ValueColumns values, int row, UaDateTime publishTime)
    {
        var time = values.SourceTimes[row];
        if (time.IsNone)
        {
            time = values.ServerTimes[row];
        }

        return new(time.IsNone ? publishTime : time, BitsOf(values, row), values.Statuses[row], true);
    }

    /// <summary>Whether two readings are one; that of its neighbours some were lost makes it no other.</summary>
    public bool IsSame(in Edge other) =>
        Time.Ticks == other.Time.Ticks && Bits == other.Bits && Status.Code == other.Status.Code && IsKnown == other.IsKnown;

    public static long BitsOf(ValueColumns values, int row) => values.Types[row] switch
    {
        BuiltInType.Variant => Hash(values.Encoding(row)),
        BuiltInType.Null => 0,
        _ => values.Bits[row],
    };

    private static long Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}

using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Both clocks count 100 ns ticks; only the beginning differs, 1601 there and 1970 here.</summary>
internal static class UaTime
{
    private const long TicksFrom1601To1970 = 116_444_736_000_000_000;
    private const long TicksTo10000 = 2_650_467_744_000_000_000;

    /// <summary>
    /// The same instant to the tick. Before 1601 and after 9999 there is none: Part 6, 5.2.2.5 has a decoder take the
    /// earliest, which means "no time", and the last.
    /// </summary>
    public static UtcTime Of(UaDateTime time) => time.Ticks switch
    {
        <= 0 => UtcTime.None,
        >= TicksTo10000 => new(TicksTo10000 - 1 - TicksFrom1601To1970),
        var ticks => new(ticks - TicksFrom1601To1970),
    };
}

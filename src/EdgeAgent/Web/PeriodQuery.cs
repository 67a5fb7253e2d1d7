using System.Globalization;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Readers;
using Microsoft.Extensions.Primitives;

namespace EdgeAgent.Web;

/// <summary>
/// The period that a request asks for: the newest final one of a kind, <c>?period=minute|hour|shift|day|month</c>, by
/// default the hour or, before the first one is over, the minute; or any whole minutes, <c>?from=…&amp;to=…</c> in
/// RFC 3339.
/// </summary>
internal static class PeriodQuery
{
    // So long are days held; a longer span has no figures and would only keep the engine busy.
    private static readonly TimeSpan SpanMax = TimeSpan.FromDays(400);

    private static readonly PeriodKind[] Preferred = [PeriodKind.Hour, PeriodKind.Minute];

    private static readonly Dictionary<string, PeriodKind> Kinds = Enum.GetValues<PeriodKind>()
        .Where(kind => kind != PeriodKind.Span)
        .ToDictionary(KpiMessages.Word, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <param name="query">As sent.</param>
    /// <param name="latestFinal">The newest final period of a kind, or null before the first.</param>
    /// <returns>Null where no period of the kind is final yet.</returns>
    /// <exception cref="FormatException">The request cannot be understood; the message says what to write.</exception>
    public static KpiPeriod? Read(IQueryCollection query, Func<PeriodKind, KpiPeriod?> latestFinal)
    {
        if (query.ContainsKey("from") || query.ContainsKey("to"))
        {
            return Span(Time(query["from"], "from"), Time(query["to"], "to"));
        }

        if (query["period"].ToString() is { Length: > 0 } word)
        {
            return Kinds.TryGetValue(word, out var kind)
                ? latestFinal(kind)
                : throw new FormatException($"'{word}' is no period: write minute, hour, shift, day or month.");
        }

        return Preferred.Select(latestFinal).FirstOrDefault(period => period is not null);
    }

    private static KpiPeriod Span(UtcTime from, UtcTime to)
    {
        if (from >= to)
        {
            throw new FormatException("'from' must be before 'to'.");
        }

        return to - from <= SpanMax
            ? KpiPeriod.Span(from, to)
            : throw new FormatException($"'from' and 'to' must be at most {SpanMax.TotalDays:F0} days apart.");
    }

    private static UtcTime Time(StringValues value, string name)
    {
        // In an address a plus sign stands for a blank unless it is written %2B, which nobody does.
        var text = value.ToString().Replace(' ', '+').Replace("Z", "+00:00", StringComparison.OrdinalIgnoreCase);
        if (!DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            throw new FormatException($"'{name}' is no time: write it like 2026-11-22T08:00:00+08:00.");
        }

        return time.UtcTicks % TimeSpan.TicksPerMinute == 0 && time.Year is >= 1970 and < 2200
            ? UtcTime.From(time)
            : throw new FormatException($"'{name}' must be on a whole minute between 1970 and 2199.");
    }
}

using System.Globalization;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Readers;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>
/// /api/kpis gives the plant's figures of the newest final period: <c>?period=minute|hour|shift|day|month</c>, by
/// default the hour or, before the first one is over, the minute; or of any whole minutes: <c>?from=…&amp;to=…</c> in
/// RFC 3339.
/// </summary>
internal static class KpiApi
{
    private static readonly PeriodKind[] Preferred = [PeriodKind.Hour, PeriodKind.Minute];

    public static void Map(WebApplication app, Agent agent) => app.MapGet("/api/kpis", context =>
    {
        try
        {
            var period = Period(context.Request.Query, agent.Kpis);
            var lines = period is null ? [] : KpiCatalogue.All.Select(kpi => Line(agent, kpi, period));
            return context.Response.WriteAsJsonAsync(new([.. lines]), WebJson.Default.KpiReport);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync(error.Message);
        }
    });

    private static KpiPeriod? Period(IQueryCollection query, KpiReader kpis)
    {
        if (query.ContainsKey("from") || query.ContainsKey("to"))
        {
            var (from, to) = (Time(query["from"], "from"), Time(query["to"], "to"));
            return from < to ? KpiPeriod.Span(from, to) : throw new FormatException("'from' must be before 'to'.");
        }

        if (query["period"].ToString() is { Length: > 0 } word)
        {
            return Enum.TryParse<PeriodKind>(word, ignoreCase: true, out var kind) && kind != PeriodKind.Span
                ? kpis.LatestFinal(kind)
                : throw new FormatException($"'{word}' is no period: write minute, hour, shift, day or month.");
        }

        return Preferred.Select(kpis.LatestFinal).FirstOrDefault(period => period is not null);
    }

    private static UtcTime Time(string? text, string name) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? UtcTime.From(time)
            : throw new FormatException($"'{name}' is no time: write it like 2026-11-22T08:00:00+08:00.");

    private static KpiLine Line(Agent agent, KpiDefinition kpi, KpiPeriod period)
    {
        var result = agent.Kpis.Compute(kpi, KpiScope.Plant, period);
        var value = result.Value;
        return new(
            kpi.Id,
            kpi.NameZh,
            kpi.NameEn,
            KpiMessages.ScopeText(result.Scope),
            KpiMessages.Word(period.Kind),
            period.From.ToString(),
            period.To.ToString(),
            KpiDisplay.Text(value),
            value.Rounded?.ToString(CultureInfo.InvariantCulture),
            kpi.Unit,
            KpiMessages.Word(result.Status),
            value.NullReason ?? (result.Reasons.IsEmpty ? null : string.Join(' ', result.Reasons)),
            value.Numerator is { } numerator ? $"{numerator.Amount} {numerator.Unit}" : null,
            value.Denominator is { } denominator ? $"{denominator.Amount} {denominator.Unit}" : null,
            $"{kpi.FormulaId} v{kpi.FormulaVersion}",
            result.Coverage.Share?.ToDecimal().ToString(CultureInfo.InvariantCulture),
            KpiMessages.Words(result.Flags));
    }
}

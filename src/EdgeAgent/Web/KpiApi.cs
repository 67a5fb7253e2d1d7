using System.Globalization;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Readers;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>/api/kpis gives the plant's figures of one period; see <see cref="PeriodQuery"/>.</summary>
internal static class KpiApi
{
    public static void Map(WebApplication app, Agent agent) => app.MapGet("/api/kpis", context =>
    {
        KpiPeriod? period;
        try
        {
            period = PeriodQuery.Read(context.Request.Query, agent.Kpis.LatestFinal);
        }
        catch (FormatException error)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(error.Message);
        }

        var figures = period is null
            ? new([], agent.Kpis.Position)
            : agent.Kpis.Compute(KpiCatalogue.All, KpiScope.Plant, period);
        return context.Response.WriteAsJsonAsync(
            new([.. figures.Results.Select(Line)], figures.Position), WebJson.Default.KpiReport);
    });

    public static KpiLine Line(KpiResult result)
    {
        var (kpi, period, value) = (result.Kpi, result.Period, result.Value);
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

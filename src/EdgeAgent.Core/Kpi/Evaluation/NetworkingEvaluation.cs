using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>
/// Networking rate: ledger devices with proof of a connection over ledger devices, counted at the end of the period.
/// The ledger is the denominator, never the list of connections. Three levels of proof: configured (a source is set
/// and the device has tags), evidenced (a Good sample in the evidence window; this is the value), qualified (its tags
/// were Good for the configured share of the window).
/// </summary>
internal static class NetworkingEvaluation
{
    private const string Devices = "devices";

    public static KpiResult Compute(
        PlantView plant, KpiDefinition kpi, KpiScope scope, KpiPeriod period, MinuteSpan span)
    {
        var verdict = new Verdict();
        var parameters = plant.Model.Parameters;
        var window = new MinuteSpan(span.To - (parameters.EvidenceWindow.Ticks / TimeSpan.TicksPerMinute), span.To);
        var date = plant.Book.Calendar.LocalDate(Math.Max(span.From, span.To - 1));
        var (total, configured, evidenced, qualified) = (0L, 0L, 0L, 0L);
        var (coverage, silent, tags) = (default(Coverage), new List<string>(), 0);
        for (var i = 0; i < plant.Model.Ledger.Length; i++)
        {
            var device = plant.Model.Ledger[i];
            if (!scope.Contains(device) || !PlantView.IsInUse(device, date) || !Counts(kpi, device))
            {
                continue;
            }

            total++;
            if (device.Source is null || plant.TagCount(i) == 0)
            {
                continue;
            }

            configured++;
            tags += plant.TagCount(i);

            // A row cut by the start of the window is left out: that can only lower the rate.
            var measures = plant.Book.Devices[i].SumWhole(window.From, window.To);
            var expected = plant.TagCount(i) * window.Length * Minutes.Microseconds;
            coverage += new Coverage(expected, measures.Good, measures.Uncertain, measures.Bad);
            if (measures.Evidence > 0)
            {
                evidenced++;
            }
            else
            {
                silent.Add($"'{device.Id}'");
            }

            qualified += measures.Evidence > 0 && new Fraction(measures.Good, expected) >= parameters.QualifiedShare
                ? 1 : 0;
        }

        if (silent.Count > 0)
        {
            verdict.Note($"configured, but no Good sample in the evidence window: {string.Join(", ", silent)}");
        }

        if (plant.Strangers.Count > 0)
        {
            verdict.Flags |= KpiFlags.NotInLedger;
            verdict.Note($"connected, but not in the ledger and not counted: {string.Join(", ", plant.Strangers)}");
        }

        KpiValue Level(string level, long count) => KpiValue.Ratio(
            kpi with { FormulaId = kpi.FormulaId.Replace("evidenced", level, StringComparison.Ordinal) },
            new(count, Devices), new(total, Devices), "no such device in the ledger");

        // Without a single sample nobody knows whether anything is connected: that is not a rate of 0.
        var blind = configured > 0 && coverage is { Good: 0, Uncertain: 0, Bad: 0 } && evidenced == 0;
        var value = blind
            ? KpiValue.Null(kpi, "no sample of any configured device in the evidence window")
            : Level("evidenced", evidenced);
        return verdict.Conclude(
            scope, period, value,
            [Level("configured", configured), value, blind ? value : Level("qualified", qualified)], coverage,
            new(tags, 0, (int)total),
            $"evidence window {parameters.EvidenceWindow:c}, qualified from {parameters.QualifiedShare}");
    }

    private static bool Counts(KpiDefinition kpi, LedgerDevice device) =>
        kpi.Id == KpiCatalogue.KeyEquipmentNetworking.Id ? device.IsKey
        : kpi.Id == KpiCatalogue.DigitalEquipmentNetworking.Id ? device.Class >= EquipmentClass.Automated
        : device.IsProduction;
}

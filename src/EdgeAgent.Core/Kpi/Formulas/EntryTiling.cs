using EdgeAgent.Core.Kpi.Numbers;

namespace EdgeAgent.Core.Kpi.Formulas;

/// <summary>
/// Finds what people entered for a period: one entry for exactly it, or entries that tile it. Nothing is prorated.
/// </summary>
internal static class EntryTiling
{
    /// <param name="entries">Of one indicator.</param>
    /// <param name="period">What must be covered, without overlap.</param>
    /// <returns>
    /// The entries, oldest first, with the fewest possible; none where the period is not tiled. Of several entries
    /// for the same period only the one entered last counts.
    /// </returns>
    public static IReadOnlyList<ValueEntry>? Find(IEnumerable<ValueEntry> entries, KpiPeriod period)
    {
        var all = entries.Select((entry, index) => (entry, index)).ToList();
        var current = all
            .Where(pair => !all.Any(other => other.entry.Supersedes == pair.entry.Document
                && pair.entry.Document.Length > 0
                && (other.entry.EnteredAt, other.index).CompareTo((pair.entry.EnteredAt, pair.index)) > 0))
            .Where(pair => pair.entry.From >= period.From && pair.entry.To <= period.To
                && pair.entry.From < pair.entry.To)
            .GroupBy(pair => (pair.entry.From, pair.entry.To))
            .Select(group => group.MaxBy(pair => (pair.entry.EnteredAt, pair.index)).entry)
            .ToLookup(entry => entry.To);

        // Shortest chain of entries from the start of the period to each end at which one ends.
        var chains = new Dictionary<Model.UtcTime, List<ValueEntry>> { [period.From] = [] };
        foreach (var end in current.Select(group => group.Key).Order())
        {
            foreach (var entry in current[end].OrderBy(entry => entry.From))
            {
                if (chains.TryGetValue(entry.From, out var chain)
                    && (!chains.TryGetValue(end, out var known) || chain.Count + 1 < known.Count))
                {
                    chains[end] = [.. chain, entry];
                }
            }
        }

        return period.From < period.To && chains.TryGetValue(period.To, out var found) ? found : null;
    }

    /// <summary>The sum of entries in one unit.</summary>
    /// <returns>False if one is in a unit that is not listed.</returns>
    public static bool TrySum(
        IEnumerable<ValueEntry> entries, IReadOnlyDictionary<string, Fraction> units,
            out Fraction sum, out string unknown)
    {
        (sum, unknown) = (Fraction.Zero, "");
        foreach (var entry in entries)
        {
            if (!units.TryGetValue(entry.Unit, out var factor))
            {
                unknown = entry.Unit;
                return false;
            }

            sum += entry.Value * factor;
        }

        return true;
    }
}

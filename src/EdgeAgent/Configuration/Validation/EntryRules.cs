using Column = EdgeAgent.Configuration.Columns.Entries;

namespace EdgeAgent.Configuration.Validation;

/// <summary>Entered figures: their periods, and entries for one period.</summary>
internal static class EntryRules
{
    public static void Check(IReadOnlyList<Placed<EntryConfig>> entries, TimeOnly dayStart)
    {
        var seen = new Dictionary<(string, PlantTime, PlantTime, PlantTime), Placed<EntryConfig>>();
        foreach (var placed in entries)
        {
            var (entry, row) = placed;
            if (entry is not { From: { } from, To: { } to })
            {
                continue;
            }

            if (to.On(dayStart) <= from.On(dayStart))
            {
                row[Column.To].Error(
                    ($"（{row[Column.To].Text}）不晚于 from（{row[Column.From].Text}）",
                        $"({row[Column.To].Text}) is not after from ({row[Column.From].Text})"),
                    ("期间之后的第一天：九月是 2026-09-01 至 2026-10-01",
                        "the first day after the period: September is 2026-09-01 to 2026-10-01"));
                continue;
            }

            if (entry.EnteredAt is not { } enteredAt)
            {
                continue;
            }

            if (enteredAt.On(dayStart) < to.On(dayStart))
            {
                row[Column.EnteredAt].Warn(
                    ($"（{row[Column.EnteredAt].Text}）早于期间结束",
                        $"({row[Column.EnteredAt].Text}) is before the end of the period"),
                    ("确认期间和填报时间", "check the period and the day of entry"));
            }

            if (!seen.TryAdd((entry.Indicator, from, to, enteredAt), placed))
            {
                row[Column.Indicator].Warn(
                    ($"：同一指标、同一期间、同一填报时间在第 {seen[(entry.Indicator, from, to, enteredAt)].Row.Place.Line} 行填过，后一行生效",
                        "was entered for the same period at the same time on line " +
                        $"{seen[(entry.Indicator, from, to, enteredAt)].Row.Place.Line}; the later row counts"),
                    ("更正写新的 entered_at，并在 supersedes 写被替代的凭证",
                        "give a correction its own entered_at and name the old document in supersedes"));
            }
        }
    }
}

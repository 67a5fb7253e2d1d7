using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Formulas;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Kpi.Tracking;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>The measures of one work unit summed over a period.</summary>
internal sealed class UnitSums
{
    private readonly WorkUnit _unit;

    private UnitSums(WorkUnit unit) => _unit = unit;

    public string Device => _unit.DeviceId;

    /// <summary>PBT in microseconds.</summary>
    public long PlannedBusy { get; private init; }

    public UnitMeasures Time { get; private init; }

    public List<(string Product, ItemCounts Counts)> Products { get; } = [];

    public ItemCounts Total { get; private set; }

    /// <summary>How well the counters were known, once per counter.</summary>
    public Coverage CounterCoverage { get; private set; }

    public int TagCount { get; private init; }

    /// <summary>A counter had a reading in the period, or was known when it began.</summary>
    public bool HasCounts { get; private set; }

    public bool HasStates => Time.Good + Time.Uncertain + Time.ProductionOutsidePlan > 0;

    /// <summary>GQ of some counts: as counted, or what is left of PQ; none where neither is possible.</summary>
    public Fraction? GoodOf(in ItemCounts counts) =>
        _unit.GoodTag is not null ? counts.Good
        : _unit.ScrapTag is not null ? counts.Produced - counts.Scrap - counts.Rework
        : counts.Produced.IsZero ? Fraction.Zero
        : null;

    /// <returns>None where the grain the period needs is no longer held.</returns>
    public static UnitSums? Of(PlantView plant, int index, MinuteSpan span, Verdict verdict)
    {
        var book = plant.Book.Units[index];
        if (!book.Time.TrySum(span.From, span.To, out var time))
        {
            return null;
        }

        var sums = new UnitSums(book.Unit)
        {
            PlannedBusy = book.Plan.PlannedMinutes(span.From, span.To) * Minutes.Microseconds,
            Time = time,
            TagCount = plant.UnitSlots[index].Length,
        };
        foreach (var (product, lane) in book.Lanes)
        {
            if (!lane.TrySum(span.From, span.To, out var counts))
            {
                return null;
            }

            var items = Items(plant, index, in counts);
            sums.Products.Add((product, items));
            sums.Total += items;
        }

        return sums.AddCoverage(plant, index, span, verdict) ? sums : null;
    }

    private static ItemCounts Items(PlantView plant, int index, in CountMeasures counts)
    {
        Fraction Scaled(TagRole role, Int128 count) => Fraction.FromMantissa(count, plant.DecimalsOf(index, role));
        return new(
            Scaled(TagRole.Produced, counts.Produced), Scaled(TagRole.Good, counts.Good),
            Scaled(TagRole.Scrap, counts.Scrap), Scaled(TagRole.Rework, counts.Rework),
            Scaled(TagRole.ReworkScrap, counts.ReworkScrap));
    }

    private bool AddCoverage(PlantView plant, int index, MinuteSpan span, Verdict verdict)
    {
        foreach (var (role, slot) in plant.UnitSlots[index])
        {
            var timeline = plant.Tracker.CoverageOf(slot);
            if (!timeline.TrySum(span.From, span.To, out var measures))
            {
                return false;
            }

            var tag = TagOf(role);
            verdict.JudgeLate(tag, in measures);
            if (role is TagRole.State or TagRole.Product)
            {
                continue;
            }

            CounterCoverage += new Coverage(
                span.Length * Minutes.Microseconds, measures.Good, measures.Uncertain, measures.Bad);
            var known = measures.Good + measures.Uncertain > 0
                || (timeline.TryEndingAt(span.To, out var last) && last.KnownAtEnd > 0);
            HasCounts |= known;
            if (known)
            {
                verdict.JudgeEdges(tag, timeline, span);
            }
            else
            {
                verdict.Missing($"'{tag}' had no usable sample in the period");
            }
        }

        return true;
    }

    private string TagOf(TagRole role) => role switch
    {
        TagRole.State => _unit.StateTag,
        TagRole.Product => _unit.ProductTag,
        TagRole.Produced => _unit.ProducedTag,
        TagRole.Good => _unit.GoodTag,
        TagRole.Scrap => _unit.ScrapTag,
        TagRole.Rework => _unit.ReworkTag,
        _ => _unit.ReworkScrapTag,
    } ?? "";
}

using System.Collections.Immutable;
using System.Globalization;
using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Measures;

namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>Collects what speaks against a figure, and from it the status.</summary>
internal sealed class Verdict
{
    private readonly List<string> _reasons = [];

    public KpiFlags Flags { get; set; }

    /// <summary>The value is incomplete.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Something a reader should know though the value stands.</summary>
    public void Note(string reason) => _reasons.Add(reason);

    /// <summary>Something is missing beneath the value.</summary>
    public void Missing(string reason)
    {
        IsPartial = true;
        _reasons.Add(reason);
    }

    /// <summary>Judges the share of time that was known.</summary>
    public void Judge(Coverage coverage, KpiParameters parameters)
    {
        if (coverage.Share is not { } share || share >= parameters.CoverageFull)
        {
            return;
        }

        var known = string.Create(CultureInfo.InvariantCulture,
            $"{(share * 100).ToDecimal():0.##} % of the time is known");
        if (share >= parameters.CoverageFloor)
        {
            Missing($"{known}, less than {Percent(parameters.CoverageFull)}");
        }
        else
        {
            Flags |= KpiFlags.CoverageBelowFloor;
            Missing($"{known}, less than the floor of {Percent(parameters.CoverageFloor)}");
        }
    }

    /// <summary>Judges what the timeline of a counter or meter says beside its amount.</summary>
    /// <param name="tag">Its id.</param>
    /// <param name="timeline">How well it was known.</param>
    /// <param name="span">The period.</param>
    public void JudgeEdges(string tag, Timeline<TagMeasures> timeline, MinuteSpan span)
    {
        // A cumulative reading bridges any hole; only what lies at the edges can be in the wrong period.
        if (!timeline.TryEndingAt(span.From, out var before) || before.KnownAtEnd <= 0)
        {
            Missing($"'{tag}' was not known when the period began");
        }

        if (!timeline.TryEndingAt(span.To, out var last) || last.KnownAtEnd <= 0)
        {
            Missing($"'{tag}' was not known when the period ended");
        }
    }

    public void JudgeLate(string tag, in TagMeasures measures)
    {
        if (measures.Late > 0)
        {
            Flags |= KpiFlags.LateSamples;
            Missing($"{measures.Late} samples of '{tag}' came too late to be used");
        }

        Flags |= measures.Resets > 0 ? KpiFlags.CounterReset : 0;
    }

    public KpiResult Conclude(
        KpiScope scope, KpiPeriod period, KpiValue value, ImmutableArray<KpiValue> parts, Coverage coverage,
        InputOrigins inputs, string policy) => new()
        {
            Scope = scope,
            Period = period,
            Value = value,
            Parts = parts,
            Status = value.Exact is null ? KpiStatus.Null : IsPartial ? KpiStatus.Partial : KpiStatus.Ok,
            Reasons = value.NullReason is { } reason ? [reason, .. _reasons] : [.. _reasons],
            Flags = Flags,
            Policy = policy,
            Coverage = coverage,
            Inputs = inputs,
        };

    private static string Percent(decimal share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}

namespace EdgeAgent.Core.Kpi.Calendars;

/// <summary>A production day, worked out.</summary>
/// <param name="Date">The local date on which it starts.</param>
/// <param name="Span">From its start to the start of the next.</param>
/// <param name="HourEdges">The minutes in it at which an hour of the plant's clock starts.</param>
/// <param name="Shifts">The shifts that start in it, by start.</param>
/// <param name="Planned">What the shifts plan of it, disjoint and ascending, before planned downtime.</param>
/// <param name="Edges">Its start, every edge of an hour or shift inside it, and its end.</param>
internal sealed record ProductionDay(
    DateOnly Date,
    MinuteSpan Span,
    long[] HourEdges,
    (string Name, MinuteSpan Span)[] Shifts,
    MinuteSpan[] Planned,
    long[] Edges)
{
    public MinuteSpan CellAt(long minute)
    {
        var index = Array.BinarySearch(Edges, minute);
        index = index < 0 ? ~index - 1 : index;
        return new(Edges[index], Edges[index + 1]);
    }
}

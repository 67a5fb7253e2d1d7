using System.Runtime.CompilerServices;
using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// The measures of one thing over time, in three grains: minutes while they are young, then cells (the time between two
/// neighbouring edges of hours, shifts and production days), then production days. A datum lives in exactly one of them
/// and moves on when its grain's time is up, so memory is bounded and every hour, shift, day and month stays a plain
/// sum.
/// </summary>
internal sealed class Timeline<T>(ProductionCalendar calendar)
    where T : struct, IMeasures<T>
{
    private readonly Buckets<T> _minutes = new();
    private readonly Buckets<T> _cells = new();
    private readonly Buckets<T> _days = new();

    // Minutes from the first floor on are kept as such; then cells down to the second, days down to the third.
    private long _minuteFloor = long.MinValue;
    private long _cellFloor = long.MinValue;
    private long _dayFloor = long.MinValue;
    private long _newest = long.MinValue;

    /// <summary>The row that takes what happened in this minute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(long minute)
    {
        if (minute == _newest)
        {
            return ref _minutes.Touch(minute);
        }

        return ref Find(minute);
    }

    /// <summary>Whether the row that takes this minute ends with it.</summary>
    public bool EndsWith(long minute) => minute >= _minuteFloor
        || (minute >= _cellFloor ? calendar.CellAt(minute).To : calendar.DayAt(minute).Span.To) == minute + 1;

    /// <summary>Adds up what lies in [from, to).</summary>
    /// <returns>False if an edge cuts a row, because the grain needed is no longer held.</returns>
    public bool TrySum(long from, long to, out T sum)
    {
        sum = default;
        return from >= _dayFloor && Sum(from, to, ref sum);
    }

    /// <summary>Adds up what lies in [from, to), leaving out a row that an edge cuts.</summary>
    public T SumWhole(long from, long to)
    {
        T sum = default;
        Sum(from, to, ref sum);
        return sum;
    }

    /// <summary>The row that ends at this edge; false if there is none, or the grain is no longer held.</summary>
    public bool TryEndingAt(long edge, out T row)
    {
        var minute = edge - 1;
        var (buckets, span) = minute >= _minuteFloor ? (_minutes, new MinuteSpan(minute, edge))
            : minute >= _cellFloor ? (_cells, calendar.CellAt(minute))
            : (_days, calendar.DayAt(minute).Span);
        var index = buckets.IndexFrom(span.From);
        var found = span.To == edge && index < buckets.Count && buckets.StartAt(index) == span.From;
        row = found ? buckets.RowAt(index) : default;
        return found;
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Signed(_minuteFloor);
        writer.Signed(_cellFloor);
        writer.Signed(_dayFloor);
        writer.Signed(_newest);
        foreach (var buckets in (ReadOnlySpan<Buckets<T>>)[_days, _cells, _minutes])
        {
            writer.Count(buckets.Count);
            var previous = 0L;
            for (var i = 0; i < buckets.Count; i++)
            {
                writer.Signed(buckets.StartAt(i) - previous);
                previous = buckets.StartAt(i);
                buckets.RowAt(i).Write(writer);
            }
        }
    }

    public void Read(ref SnapshotReader reader)
    {
        _minuteFloor = reader.Signed();
        _cellFloor = reader.Signed();
        _dayFloor = reader.Signed();
        _newest = reader.Signed();
        foreach (var buckets in (ReadOnlySpan<Buckets<T>>)[_days, _cells, _minutes])
        {
            var count = reader.Count(Retention.RowsMax);
            var start = 0L;
            for (var i = 0; i < count; i++)
            {
                start += reader.Signed();
                buckets.Touch(start) = T.Read(ref reader);
            }
        }
    }

    private bool Sum(long from, long to, ref T sum)
    {
        // One rule for all grains: a row counts if it lies inside, and cuts if it only overlaps.
        var whole = true;
        foreach (var buckets in (ReadOnlySpan<Buckets<T>>)[_days, _cells, _minutes])
        {
            for (var i = Math.Max(0, buckets.IndexFrom(from) - 1); i < buckets.Count; i++)
            {
                var start = buckets.StartAt(i);
                if (start >= to)
                {
                    break;
                }

                var end = EndOf(buckets, start);
                if (end <= from)
                {
                    continue;
                }

                if (start < from || end > to)
                {
                    whole = false;
                    continue;
                }

                sum.Add(in buckets.RowAt(i), end == to);
            }
        }

        return whole;
    }

    private long EndOf(Buckets<T> buckets, long start) =>
        ReferenceEquals(buckets, _minutes) ? start + 1
        : ReferenceEquals(buckets, _cells) ? calendar.CellAt(start).To
        : calendar.DayAt(start).Span.To;

    private ref T Find(long minute)
    {
        if (minute > _newest)
        {
            _newest = minute;
            Settle();
        }

        if (minute >= _minuteFloor)
        {
            return ref _minutes.Touch(minute);
        }

        return ref minute >= _cellFloor
            ? ref _cells.Touch(calendar.CellAt(minute).From)
            : ref _days.Touch(calendar.DayAt(minute).Span.From);
    }

    // Only whole cells and whole days move on, so that no row is ever split between two grains.
    private void Settle()
    {
        if (_newest - _minuteFloor <= Retention.Minutes + Retention.Slack && _minuteFloor != long.MinValue)
        {
            return;
        }

        _minuteFloor = calendar.CellAt(_newest - Retention.Minutes).From;
        while (_minutes.Count > 0 && _minutes.StartAt(0) is var start && start < _minuteFloor)
        {
            var cell = calendar.CellAt(start);
            _cells.Touch(cell.From).Add(in _minutes.RowAt(0), start + 1 == cell.To);
            _minutes.RemoveFirst();
        }

        _cellFloor = calendar.DayAt(_newest - Retention.CellMinutes).Span.From;
        while (_cells.Count > 0 && _cells.StartAt(0) is var start && start < _cellFloor)
        {
            var day = calendar.DayAt(start).Span;
            _days.Touch(day.From).Add(in _cells.RowAt(0), calendar.CellAt(start).To == day.To);
            _cells.RemoveFirst();
        }

        var dayFloor = calendar.DayAt(_newest - Retention.DayMinutes).Span.From;
        while (_days.Count > 0 && _days.StartAt(0) < dayFloor)
        {
            _days.RemoveFirst();
            _dayFloor = dayFloor;
        }
    }
}

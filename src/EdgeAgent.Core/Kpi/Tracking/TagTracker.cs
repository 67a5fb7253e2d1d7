using System.Runtime.CompilerServices;
using EdgeAgent.Core.Kpi.Measures;

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// Turns readings into measures, tag by tag. A reading is in force until the next one of its tag, or a gap, and at
/// most for the tag's hold time; its time is added to the measures when its minute ends or its value changes, so most
/// samples only move <see cref="TagState.LastTime"/>.
/// <para>
/// A late reading (before the last one of its tag) is put in its place among the <see cref="OpenReadings"/> and
/// everything behind it worked out anew: the result is what the right order would have given. Where that is no longer
/// possible the sample is not used, its minute is marked, and results of that minute are partial. Tags that feed no
/// measure keep no readings: their late samples prove the connection in their own minute and change no time.
/// </para>
/// </summary>
internal sealed partial class TagTracker
{
    private readonly MeasureBook _book;
    private readonly TagSlot[] _slots;
    private readonly OpenReadings?[] _open;
    private readonly Timeline<TagMeasures>?[] _coverage;
    private readonly StateMap?[] _maps;
    private readonly TextCodes _texts = new();
    private readonly long _microStop;

    /// <summary>Late samples so far, and those of them, and starts of gaps, that came too late to be used.</summary>
    public long LateCount { get; private set; }

    public long LostCount { get; private set; }

    public Span<TagSlot> Slots => _slots;

    /// <summary>How well the tag of a slot was known; only for tags that feed a measure.</summary>
    public Timeline<TagMeasures> CoverageOf(int slot) => _coverage[slot]!;

    /// <summary>Takes one sample. Not for gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int index, long time, long bits, Severity severity)
    {
        do
        {
            ref var slot = ref _slots[index];
            ref var state = ref slot.State;

            // In order, within the hold time (one unsigned comparison says both), in the same minute, nothing new.
            if ((ulong)(time - state.LastTime) <= (ulong)slot.Hold
                && time < state.MinuteEnd
                && time >= state.PostedTo
                && severity == state.Severity
                && (bits == state.Bits || !slot.FeedsMeasure))
            {
                state.LastTime = time;
                if (slot.FeedsMeasure)
                {
                    _open[index]!.Add(new(time, bits, severity), in state);
                }
            }
            else
            {
                Step(index, new(time, bits, severity));
            }

            index = slot.Next;
        }
        while (index >= 0);
    }

    /// <summary>As <see cref="Take"/>, for the value of a text tag.</summary>
    public void TakeText(int index, long time, string? text, Severity severity)
    {
        ref var slot = ref _slots[index];
        var code = slot.State.Bits;
        if (slot.FeedsMeasure && (text is null || (!_texts.Matches(code, text) && !_texts.TryCode(text, out code))))
        {
            (code, severity) = (-1, Worse(severity, Severity.Bad));
        }

        Take(index, time, code, severity);
    }

    /// <summary>Nothing is known of the tag from this instant to its next sample.</summary>
    public void Lose(int index, long time)
    {
        for (; index >= 0; index = _slots[index].Next)
        {
            Step(index, new(time, _slots[index].State.Bits, Severity.Missing));
        }
    }

    /// <summary>Brings the measures of every tag up to an instant, as if no further sample came before it.</summary>
    public void Settle(long time)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            ref var state = ref _slots[i].State;
            if (state.PostedTo < time)
            {
                Post(i, ref state, time, 1);
            }
        }
    }

    private static Severity Worse(Severity left, Severity right) => left > right ? left : right;

    private void Step(int index, Reading reading)
    {
        ref var slot = ref _slots[index];
        if (reading.IsUsable && !IsReadable(in slot, reading.Bits))
        {
            reading = reading with { Severity = Severity.Bad };
        }

        if (reading.Time < slot.State.LastTime)
        {
            TakeLate(index, reading);
            return;
        }

        Advance(index, ref slot.State, in reading, 1);
        _open[index]?.Add(in reading, in slot.State);
        _book.Restate(reading.Time, long.MaxValue / 2);
    }

    private static bool IsReadable(in TagSlot slot, long bits) => slot.Role switch
    {
        TagRole.Presence or TagRole.State or TagRole.Product => true,
        _ => RawValue.TryMantissa(slot.Kind, bits, slot.Decimals, out _),
    };

    private void TakeLate(int index, in Reading reading)
    {
        ref var slot = ref _slots[index];
        LateCount += reading.Severity == Severity.Missing ? 0 : 1;
        if (_open[index] is not { } open)
        {
            if (reading.Severity == Severity.Good)
            {
                _book.Devices[slot.Device].At(Minutes.At(reading.Time)).Evidence++;
                _book.Restate(reading.Time, reading.Time);
            }

            return;
        }

        _book.Restate(reading.Time, slot.State.LastTime);
        if (!open.IsOpen(reading.Time))
        {
            LostCount++;
            _coverage[index]!.At(Minutes.At(reading.Time)).Late++;
            return;
        }

        // The measures hold the effect of every open reading, exactly up to the last.
        Post(index, ref slot.State, slot.State.LastTime, 1);
        var state = open.Base;
        foreach (ref readonly var earlier in open.Readings)
        {
            Advance(index, ref state, in earlier, -1);
        }

        open.Insert(in reading);
        state = open.Base;
        var count = open.Count;
        for (var i = 0; i < count; i++)
        {
            Advance(index, ref state, in open.Readings[i], 1);
            open.Rebuilt(i + 1, in state);
        }

        slot.State = state;
    }

    // Adds (or takes back) what the reading in force did up to the next one, and makes that one the reading in force.
    private void Advance(int index, ref TagState state, in Reading reading, int sign)
    {
        ref readonly var slot = ref _slots[index];
        Post(index, ref state, reading.Time, sign);
        switch (slot.Role)
        {
            case TagRole.Presence:
                break;
            case TagRole.State:
                EnterState(in slot, index, ref state, in reading, sign);
                break;
            case TagRole.Product:
                EnterProduct(in slot, index, in state, in reading, sign);
                break;
            default:
                Count(in slot, index, ref state, in reading, sign);
                break;
        }

        if (reading.Severity == Severity.Good && reading.Time >= state.EvidencedTo && slot.Device >= 0)
        {
            state.EvidencedTo = (Minutes.At(reading.Time) + 1) * Minutes.Microseconds;
            _book.Devices[slot.Device].At(Minutes.At(reading.Time)).Evidence += sign;
        }

        // A reading exactly on the edge of a minute makes the value known there, whatever came before.
        if (_coverage[index] is { } coverage && reading.IsUsable && reading.Time > state.LastTime
            && reading.Time % Minutes.Microseconds == 0 && coverage.EndsWith(Minutes.OfReading(reading.Time)))
        {
            coverage.At(Minutes.OfReading(reading.Time)).KnownAtEnd += sign;
        }

        state.Accept(in reading);
    }

    private void EnterState(
        in TagSlot slot, int index, ref TagState state, in Reading reading, int sign)
    {
        var unit = _book.Units[slot.Target];
        var element = TimeElement.Unknown;
        state.IsUnmapped = reading.IsUsable && !_maps[index]!.TryFind(slot.Kind, reading.Bits, _texts, out element);
        if (state.IsUnmapped && (reading.Bits != state.Bits || !state.IsUsable))
        {
            unit.ListUnmapped(RawValue.ToText(slot.Kind, reading.Bits, _texts));
        }

        // After the hold time nobody knows what came before.
        var before = IsStale(in slot, in state, reading.Time) ? TimeElement.Unknown : state.Element;
        if (element is TimeElement.Delay or TimeElement.Down)
        {
            if (before is not (TimeElement.Delay or TimeElement.Down))
            {
                state.StopFrom = before == TimeElement.Production ? reading.Time : TagState.Never;
            }
        }
        else
        {
            if (element == TimeElement.Production && before is TimeElement.Delay or TimeElement.Down
                && state.StopFrom != TagState.Never && reading.Time - state.StopFrom < _microStop)
            {
                MeasureBook.AddMicroStop(unit, state.StopFrom, reading.Time, sign);
            }

            state.StopFrom = TagState.Never;
        }

        state.Element = element;
    }

    private void EnterProduct(in TagSlot slot, int index, in TagState state, in Reading reading, int sign)
    {
        // A product does not change because the line is lost: the last one told stays in force.
        if (reading.IsUsable && sign > 0 && (reading.Bits != state.Bits || !state.IsUsable)
            && !_book.Units[slot.Target].TryChangeProduct(
                reading.Time, RawValue.ToText(slot.Kind, reading.Bits, _texts)))
        {
            _coverage[index]!.At(Minutes.At(reading.Time)).Late++;
        }
    }

    private void Count(in TagSlot slot, int index, ref TagState state, in Reading reading, int sign)
    {
        if (!reading.IsUsable
            || !RawValue.TryMantissa(slot.Kind, reading.Bits, slot.Decimals, out var value)
            || (state.HasBaseline && value == state.Baseline))
        {
            return;
        }

        if (!state.HasBaseline)
        {
            (state.Baseline, state.HasBaseline) = (value, true);
            return;
        }

        var step = slot.Rule.Step(state.Baseline, value);
        if (step.Move == CounterMove.None)
        {
            return;
        }

        state.Baseline = value;
        if (step.Move == CounterMove.Reset)
        {
            _coverage[index]!.At(Minutes.OfReading(reading.Time)).Resets += sign;
        }

        if (slot.Role == TagRole.Meter)
        {
            _book.Meters[slot.Target].At(Minutes.OfReading(reading.Time)).Amount += sign * (Int128)step.Increment;
        }
        else
        {
            MeasureBook.AddCount(_book.Units[slot.Target], slot.Role, reading.Time, sign * step.Increment);
        }
    }

    private static bool IsStale(in TagSlot slot, in TagState state, long time) =>
        state.LastTime != TagState.Never && time - state.LastTime > slot.Hold;

    // Adds the time of the reading in force up to an instant, or takes back what lies behind it.
    private void Post(int index, ref TagState state, long to, int sign)
    {
        var from = state.PostedTo;
        state.PostedTo = to;
        if (state.LastTime == TagState.Never || state.Severity == Severity.Missing)
        {
            return;
        }

        var end = state.LastTime + _slots[index].Hold;
        if (to < from)
        {
            Spread(index, in state, to, Math.Min(from, end), -sign);
        }
        else
        {
            Spread(index, in state, from, Math.Min(to, end), sign);
        }
    }

    private void Spread(int index, in TagState state, long from, long to, int sign)
    {
        ref readonly var slot = ref _slots[index];
        for (var start = from; start < to;)
        {
            var minute = Minutes.At(start);
            var minuteEnd = (minute + 1) * Minutes.Microseconds;
            var end = Math.Min(to, minuteEnd);
            var duration = sign * (end - start);
            if (slot.Device >= 0)
            {
                MeasureBook.AddTime(_book.Devices[slot.Device], minute, duration, end == minuteEnd, state.Severity);
            }

            if (slot.FeedsMeasure)
            {
                MeasureBook.AddTime(_coverage[index]!, minute, duration, end == minuteEnd, state.Severity);
            }

            if (slot.Role == TagRole.State)
            {
                MeasureBook.AddElement(_book.Units[slot.Target], minute, duration, in state);
            }

            start = end;
        }
    }
}

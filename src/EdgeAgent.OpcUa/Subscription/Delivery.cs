using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Hands values to the sink: one call for each message, except where rows are out of the ordinary. Under the runner's gate.
/// </summary>
internal sealed class Delivery(TagStates tags, IValueSink sink, RunnerCounters counters, UaDateTime began)
{
    private readonly List<NotedRow> _notes = [];
    private readonly ValueColumns _changes = new();
    private readonly ValueColumns _repeated = new();

    /// <summary>Of tags whose hole has ended: the readings on both sides of it.</summary>
    public Dictionary<int, (Edge Before, Edge After)> Firsts { get; } = [];

    /// <returns>The latest time of a row; none without rows.</returns>
    public UaDateTime Take(ValueColumns values, int subscription, UaDateTime publishTime, long now, ValueOrigin origin)
    {
        _notes.Clear();
        var newest = tags.Note(values, subscription, publishTime, now, _notes);
        if (_notes.Count == 0)
        {
            Hand(values, origin);
        }
        else
        {
            HandWithNotes(values, origin);
        }

        return newest;
    }

    /// <summary>Values that are not the next ones of their tags: from history, or read to be sure.</summary>
    public void TakeAside(ValueColumns values, ValueOrigin origin) => Hand(values, origin);

    public void Lost(LostSpan span)
    {
        counters.AddLostSpan();
        sink.Lost(span);
    }

    public void Bad(int tag, StatusCode status) => sink.Bad(tags.Tags[tag].Handle, status);

    private void HandWithNotes(ValueColumns values, ValueOrigin origin)
    {

        var marks = RowMarks.None;
        foreach (var note in _notes)
        {
            marks |= note.Marks;
            if ((note.Marks & RowMarks.First) != 0)
            {
                Firsts[note.Tag] = (note.Before, note.Reading);
            }
        }

        if ((marks & (RowMarks.Repeated | RowMarks.Stranger)) == 0)
        {
            Hand(values, origin);
        }
        else
        {
            HandInParts(values, origin);
        }

        if ((marks & RowMarks.Overflow) != 0)
        {
            TellOverflow();
        }
    }

    private void Hand(ValueColumns values, ValueOrigin origin)
    {
        if (values.Count == 0)
        {
            return;
        }

        switch (origin)
        {
            case ValueOrigin.Backfilled:
                counters.AddBackfilled(values.Count);
                break;
            case ValueOrigin.Confirmed:
                counters.AddConfirmed(values.Count);
                break;
            default:
                counters.AddValues(values.Count);
                break;
        }

        sink.Take(values, origin);
    }

    // Repeated readings go as confirmed; strangers nowhere.
    private void HandInParts(ValueColumns values, ValueOrigin origin)
    {
        _changes.Clear();
        _repeated.Clear();
        var strangers = 0;
        var next = 0;
        for (var row = 0; row < values.Count; row++)
        {
            var marks = RowMarks.None;
            if (next < _notes.Count && _notes[next].Row == row)
            {
                marks = _notes[next++].Marks;
            }

            if ((marks & RowMarks.Stranger) != 0)
            {
                strangers++;
            }
            else
            {
                ((marks & RowMarks.Repeated) != 0 ? _repeated : _changes).Add(values, row);
            }
        }

        counters.AddUnknownHandles(strangers);
        Hand(_repeated, ValueOrigin.Confirmed);
        Hand(_changes, origin);
    }

    private void TellOverflow()
    {
        var handles = new List<uint>();
        var (from, to) = (new UaDateTime(long.MaxValue), UaDateTime.None);
        foreach (var note in _notes)
        {
            // A repeated reading was counted when it first came.
            if ((note.Marks & (RowMarks.Overflow | RowMarks.Repeated)) != RowMarks.Overflow)
            {
                continue;
            }

            handles.Add(tags.Tags[note.Tag].Handle);
            // Of a tag that has given nothing yet, all that could have come since we began.
            var since = note.Before.IsKnown ? note.Before.Time : began;
            from = since < from ? since : from;
            to = note.Reading.Time > to ? note.Reading.Time : to;
        }

        counters.AddOverflows(handles.Count);
        if (handles.Count > 0)
        {
            Lost(new(handles, from, to, LossCause.QueueOverflow, "The server's queue was full (overflow bit)."));
        }
    }
}

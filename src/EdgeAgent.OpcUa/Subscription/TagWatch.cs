using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Notices tags of which nothing is heard: reads those that want to be confirmed, and reports those that stay silent. What
/// the server answers is delivered as it is; nothing is ever made up.
/// </summary>
internal sealed class TagWatch
{
    private readonly RunnerContext _context;
    private readonly int[] _confirmed;
    private readonly int[] _watched;
    private readonly bool[] _isSilent;

    // In ticks of the clock, by tag: many tags are looked at ten times a second.
    private readonly long[] _confirmAfter;
    private readonly long[] _silentAfter;
    private readonly ValueColumns _values = new();
    private readonly Queue<int> _wanted = [];
    private int _next;

    public TagWatch(RunnerContext context)
    {
        _context = context;
        var tags = context.Tags.Tags;
        _confirmed = [.. Enumerable.Range(0, tags.Count).Where(tag => tags[tag].ConfirmAfter > TimeSpan.Zero)];
        _watched = [.. Enumerable.Range(0, tags.Count).Where(tag => tags[tag].SilentAfter > TimeSpan.Zero)];
        _isSilent = new bool[tags.Count];
        _confirmAfter = [.. tags.Select(tag => Ticks(tag.ConfirmAfter))];
        _silentAfter = [.. tags.Select(tag => Ticks(tag.SilentAfter))];
    }

    /// <summary>Reads what has been quiet for too long, at most one request's worth.</summary>
    /// <returns>False if nothing was due.</returns>
    /// <exception cref="OpcUaException">The connection or the session ended.</exception>
    public async Task<bool> ConfirmAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        var due = Due();
        if (due.Count == 0)
        {
            return false;
        }

        var handler = new ReadHandler(_values, [.. due.Select(tag => _context.Tags.Tags[tag].Handle)]);
        port.Post(
            ReadHandler.RequestFor(port.Header, due.Select(tag => _context.Items.Nodes[tag])), handler,
            _context.Settings.CallTimeout);
        var status = await handler.AnswerAsync(cancellationToken);
        if (status.IsBad && (port.Closed.IsCompleted || OutageSteps.IsSessionGone(status.Code)))
        {
            throw new OpcUaException(status, "Reading tags that were silent failed.");
        }

        if (BatchSize.IsTooMuch(status) && due.Count > 1)
        {
            _context.Limits = _context.Limits with { NodesPerRead = due.Count / 2 };
            Want(due);
            return true;
        }

        if (status.IsBad)
        {
            // Nothing is known that could be delivered. They remain silent, and their turn comes again.
            return true;
        }

        lock (_context.Gate)
        {
            var now = _context.Clock.GetTimestamp();
            due.ForEach(tag => _context.Tags.Heard(tag, now));
            _context.Delivery.TakeAside(_values, ValueOrigin.Confirmed);
        }

        return true;
    }

    /// <summary>Reports tags that have become silent, or speak again.</summary>
    public void Watch()
    {
        if (_watched.Length == 0)
        {
            return;
        }

        List<uint> silent = [], speaking = [];
        lock (_context.Gate)
        {
            var now = _context.Clock.GetTimestamp();
            foreach (var tag in _watched)
            {
                var isSilent = _context.Items.Ids[tag] != 0 && now - _context.Tags.HeardAt(tag) >= _silentAfter[tag];
                if (isSilent != _isSilent[tag])
                {
                    _isSilent[tag] = isSilent;
                    (isSilent ? silent : speaking).Add(_context.Tags.Tags[tag].Handle);
                }
            }
        }

        if (silent.Count > 0)
        {
            _context.Events.TagsSilent(silent);
        }

        if (speaking.Count > 0)
        {
            _context.Events.TagsSpeak(speaking);
        }
    }

    /// <summary>These are read soon, whether they have been heard of or not.</summary>
    public void Want(IEnumerable<int> tags)
    {
        foreach (var tag in tags)
        {
            _wanted.Enqueue(tag);
        }
    }

    // Goes round, so that the tags at the end have their turn however many are due.
    private List<int> Due()
    {
        var due = new List<int>();
        while (due.Count < _context.Limits.NodesPerRead && _wanted.TryDequeue(out var wanted))
        {
            if (_context.Items.Ids[wanted] != 0)
            {
                due.Add(wanted);
            }
        }

        if (due.Count > 0)
        {
            return due;
        }

        lock (_context.Gate)
        {
            var now = _context.Clock.GetTimestamp();
            for (var i = 0; i < _confirmed.Length && due.Count < _context.Limits.NodesPerRead; i++)
            {
                var at = (_next + i) % _confirmed.Length;
                var tag = _confirmed[at];
                if (_context.Items.Ids[tag] != 0 && now - _context.Tags.HeardAt(tag) >= _confirmAfter[tag])
                {
                    due.Add(tag);
                }
            }
        }

        _next = due.Count > 0 ? Array.BinarySearch(_confirmed, due[^1]) + 1 : 0;
        return due;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _context.Clock.TimestampFrequency);
}

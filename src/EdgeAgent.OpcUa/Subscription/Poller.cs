using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Reads all tags on a fixed grid, for servers without subscriptions. A poll that cannot be made in time is not made up
/// for: it is counted and its time is told as lost.
/// </summary>
internal sealed class Poller
{
    // Reading in a circle without a pause would be a load test.
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(10);

    private readonly RunnerContext _context;
    private readonly List<PollGroup> _groups;
    private readonly ValueColumns _values = new();
    private readonly long _began;
    private UaDateTime _lastPoll;

    public Poller(RunnerContext context)
    {
        _context = context;
        _began = context.Clock.GetTimestamp();
        _groups =
        [
            .. Enumerable.Range(0, context.Tags.Tags.Count)
                .GroupBy(tag => IntervalOf(context.Tags.Tags[tag]))
                .Select(group => new PollGroup(group.Key, [.. group])),
        ];
    }

    /// <summary>The time that was lost without a connection; told with the next poll.</summary>
    public OpenHole? Hole { get; set; }

    /// <summary>When the last poll was answered, in the server's clock.</summary>
    public UaDateTime LastPoll => _lastPoll;

    /// <summary>Until the next poll is due.</summary>
    public TimeSpan UntilNext()
    {
        var wait = _groups.Count == 0 ? TimeSpan.FromSeconds(1) : _groups.Min(group => group.Due) - Now();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Makes the polls that are due.</summary>
    /// <exception cref="OpcUaException">The connection ended.</exception>
    public async Task PollAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        foreach (var group in _groups)
        {
            var now = Now();
            if (group.Due > now)
            {
                continue;
            }

            var skipped = group.Begin(now);
            if (skipped > 0 && Hole is null)
            {
                Skip(group, skipped, LossCause.PollsSkipped, "The server answered too slowly for the interval.");
            }

            if (!_context.Sink.HasRoom)
            {
                Skip(group, 1, LossCause.SinkFull, "There was no room for more values.");
                continue;
            }

            _context.Counters.AddPoll();
            await ReadAsync(port, group, cancellationToken);
        }
    }

    private static TimeSpan IntervalOf(MonitoredTag tag) =>
        tag.SamplingInterval > IntervalMin ? tag.SamplingInterval : IntervalMin;

    private TimeSpan Now() => _context.Clock.GetElapsedTime(_began);

    private void Skip(PollGroup group, long polls, LossCause cause, string detail)
    {
        _context.Counters.AddPollsSkipped(polls);
        UaDateTime now;
        lock (_context.Gate)
        {
            now = _context.Reception.ServerNow;
        }

        _context.Lost(new(
            _context.HandlesOf(group.Tags), new(now.Ticks - (group.Interval.Ticks * polls)), now, cause, detail));
    }

    private async Task ReadAsync(ISessionPort port, PollGroup group, CancellationToken cancellationToken)
    {
        var known = group.Tags.Where(tag => _context.Items.Ids[tag] != 0).ToList();
        for (var next = 0; next < known.Count;)
        {
            var batch = known.GetRange(next, Math.Min(_context.Limits.NodesPerRead, known.Count - next));
            var handler = new ReadHandler(_values, [.. batch.Select(tag => _context.Tags.Tags[tag].Handle)]);
            port.Post(
                ReadHandler.RequestFor(port.Header, batch.Select(tag => _context.Items.Nodes[tag])), handler,
                _context.Settings.CallTimeout);
            var status = await handler.AnswerAsync(cancellationToken);
            if (BatchSize.IsTooMuch(status) && batch.Count > 1 && !port.Closed.IsCompleted)
            {
                _context.Limits = _context.Limits with { NodesPerRead = batch.Count / 2 };
                continue;
            }

            if (status.IsBad)
            {
                throw new OpcUaException(status, "Polling failed.");
            }

            next += batch.Count;
            Deliver(batch, handler.Timestamp);
        }
    }

    private void Deliver(List<int> tags, UaDateTime time)
    {
        lock (_context.Gate)
        {
            _context.Reception.ServerSays(time);
            if (Hole is { } hole)
            {
                var to = time > hole.From ? time : hole.From;
                _context.Delivery.Lost(new(null, hole.From, to, hole.Cause, hole.Detail));
                Hole = null;
            }

            var now = _context.Clock.GetTimestamp();
            tags.ForEach(tag => _context.Tags.Heard(tag, now));
            _context.Delivery.TakeAside(_values, ValueOrigin.Live);
            _lastPoll = time;
        }
    }
}

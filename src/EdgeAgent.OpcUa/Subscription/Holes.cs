using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Keeps account of holes: from when on values are missing, until when, and what history can still do about it. The
/// runner's; takes the gate where it touches what the receive loop touches.
/// </summary>
internal sealed class Holes(RunnerContext context)
{
    // A hole more than this many waiting ones is told at once instead of being filled.
    private const int JobsMax = 16;

    // First readings come with the first reports; after so many reports none is waited for.
    private const int ReportsToWait = 3;

    private readonly List<HistoryJob> _jobs = [];

    public IReadOnlyList<HistoryJob> Jobs => _jobs;

    /// <summary>A subscription is gone with all that it would have said.</summary>
    public void Begin(ActiveSubscription subscription, LossCause cause, string detail)
    {
        lock (context.Gate)
        {
            if (!subscription.CompleteTime.IsNone)
            {
                subscription.Hole ??= new(context.Reception.HoleFrom(subscription), cause, detail);
            }

            AwaitFirsts(subscription);
            context.Reception.Remove(subscription);
            subscription.Forget();
        }

        foreach (var tag in subscription.Tags)
        {
            context.Items.Gone(tag);
        }
    }

    /// <summary>Messages in between are lost; the subscription lives.</summary>
    public void AwaitFirsts(ActiveSubscription subscription)
    {
        if (!context.Settings.Backfill)
        {
            return;
        }

        Collect(subscription.Tags.ToHashSet());
        foreach (var tag in subscription.Tags)
        {
            if (context.Items.History[tag] != HistoryAccess.No)
            {
                context.Tags.AwaitFirst(tag);
            }
        }

        // What an earlier hole still waits for will come after this one: they are one hole.
        var still = subscription.Tags.Where(context.Tags.AwaitsFirst).ToHashSet();
        foreach (var job in _jobs.Where(job => job.Ranges is null && job.Tags.Any(still.Contains)).ToList())
        {
            subscription.Hole = subscription.Hole is { } hole && hole.From < job.Hole.From
                ? hole
                : (subscription.Hole ?? job.Hole) with { From = job.Hole.From };
            job.Remove(still);
        }
    }

    /// <summary>Everything is there again: holes end here, are told, or go to history.</summary>
    /// <param name="to">The server's time at which all items were there.</param>
    public void Close(UaDateTime to)
    {
        foreach (var group in context.Subscriptions.Where(subscription => subscription.Hole is not null)
            .GroupBy(subscription => subscription.Hole!.Cause))
        {
            var hole = group.Select(subscription => subscription.Hole!).MinBy(hole => hole.From)!;
            var end = to > hole.From ? to : hole.From;
            var tags = group.SelectMany(subscription => subscription.Tags).ToList();
            var recorded = context.Settings.Backfill && _jobs.Count < JobsMax
                ? tags.Where(tag => context.Items.History[tag] == HistoryAccess.Yes && context.Items.Ids[tag] != 0).ToList()
                : [];
            if (recorded.Count < tags.Count)
            {
                var others = recorded.Count == 0 ? tags : [.. tags.Except(recorded)];
                Drop(others);
                context.Lost(new(context.HandlesOf(others), hole.From, end, hole.Cause, hole.Detail));
            }

            if (recorded.Count > 0)
            {
                Fill(
                    hole, end, recorded, group.Max(subscription => subscription.Interval),
                    group.All(subscription => subscription.SpeaksAnew));
            }

            foreach (var subscription in group)
            {
                subscription.Hole = null;
            }
        }
    }

    /// <summary>The runner ends: what is open stays missing.</summary>
    public void CloseForGood()
    {
        foreach (var job in _jobs)
        {
            context.Lost(new(context.HandlesOf([.. job.AllTags]), job.Hole.From, job.To, job.Hole.Cause, job.Hole.Detail));
        }

        _jobs.Clear();
        var open = context.Subscriptions.Where(subscription => subscription.Hole is not null).ToList();
        foreach (var group in open.GroupBy(subscription => subscription.Hole!.Cause))
        {
            var hole = group.Select(subscription => subscription.Hole!).MinBy(hole => hole.From)!;
            var tags = group.SelectMany(subscription => subscription.Tags).ToList();
            context.Lost(new(context.HandlesOf(tags), hole.From, Later(hole.From), hole.Cause, hole.Detail));
        }
    }

    /// <summary>The next job that can be worked on, or null.</summary>
    public HistoryJob? Ready()
    {
        foreach (var job in _jobs)
        {
            if (job.Ranges is not null)
            {
                return job;
            }

            lock (context.Gate)
            {
                if (context.Clock.GetTimestamp() >= job.DueAt || !job.Tags.Any(context.Tags.AwaitsFirst))
                {
                    Settle(job);
                    return job;
                }
            }
        }

        return null;
    }

    public void Finish(HistoryJob job)
    {
        _jobs.Remove(job);
        foreach (var span in HistoryOutcome.Of(job, context.HandlesOf))
        {
            context.Lost(span);
        }
    }

    // First readings that have come belong to the holes before: their ranges are known.
    private void Collect(HashSet<int> tags)
    {
        foreach (var job in _jobs.Where(job => job.Ranges is null))
        {
            var collected = new HashSet<int>();
            foreach (var tag in job.Tags.Where(tags.Contains))
            {
                if (context.Delivery.Firsts.Remove(tag, out var first))
                {
                    job.Collected.Add(new(tag, first.Before, first.After));
                    collected.Add(tag);
                }
            }

            job.Remove(collected);
        }
    }

    private UaDateTime Later(UaDateTime from)
    {
        lock (context.Gate)
        {
            var now = context.Reception.ServerNow;
            return now > from ? now : from;
        }
    }

    private void Fill(OpenHole hole, UaDateTime to, List<int> tags, TimeSpan interval, bool hasInitialValues)
    {
        var start = context.ServerStart > hole.From ? context.ServerStart : UaDateTime.None;
        var wait = (interval * ReportsToWait) + context.Settings.CallTimeout;
        if (!hasInitialValues)
        {
            wait = interval * ReportsToWait;
        }

        var due = context.Clock.GetTimestamp() + (long)(wait.TotalSeconds * context.Clock.TimestampFrequency);
        _jobs.Add(new(hole, to, tags, due, start) { HasInitialValues = hasInitialValues });
    }

    // Ranges in order of their beginnings, so that one request for several of them reads little twice.
    private void Settle(HistoryJob job)
    {
        var ranges = new List<HistoryRange>(job.Collected);
        foreach (var tag in job.Tags)
        {
            if (context.Delivery.Firsts.Remove(tag, out var first))
            {
                ranges.Add(new(tag, first.Before, first.After));
            }
            else
            {
                var before = context.Tags.StopAwaiting(tag);
                if (job.HasInitialValues)
                {
                    job.Unheard.Add(tag);
                }
                else
                {
                    ranges.Add(new(tag, before, new(job.To, 0, StatusCode.Good, IsKnown: false)));
                }
            }
        }

        ranges.Sort((left, right) => left.Before.Time.CompareTo(right.Before.Time));
        job.Ranges = ranges;
    }

    private void Drop(IReadOnlyList<int> tags)
    {
        lock (context.Gate)
        {
            foreach (var tag in tags)
            {
                context.Tags.StopAwaiting(tag);
                context.Delivery.Firsts.Remove(tag);
            }
        }
    }
}

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What is still missing after a hole was filled from history. Pure.</summary>
internal static class HistoryOutcome
{
    /// <param name="job">Whose ranges have been read.</param>
    /// <param name="handlesOf">From tag indices to what a span says.</param>
    public static IEnumerable<LostSpan> Of(
        HistoryJob job, Func<IReadOnlyCollection<int>, IReadOnlyList<uint>?> handlesOf)
    {
        var ranges = job.Ranges ?? [];
        var failed = ranges.Where(range => range.Failure is not null).ToList();
        if (failed.Count + job.Unheard.Count > 0)
        {
            var why = failed.Count > 0 ? $"{failed[0].Failure}" : "nothing came of them afterwards";
            yield return new(
                handlesOf([.. failed.Select(range => range.Tag), .. job.Unheard]), job.Hole.From, job.To,
                job.Hole.Cause,
                $"{job.Hole.Detail} The history did not help: {why}.");
        }

        var read = ranges.Where(range => range.Failure is null).ToList();
        if (read.Count == 0)
        {
            yield break;
        }

        if (!job.ServerStart.IsNone)
        {
            // While the server did not run nothing was recorded: from the last sign of life up to its start.
            var alive = read.Max(range => range.LastBeforeStart);
            var from = alive > job.Hole.From ? alive : job.Hole.From;
            yield return new(
                handlesOf([.. read.Select(range => range.Tag)]), from,
                job.ServerStart > from ? job.ServerStart : job.To, job.Hole.Cause,
                $"{job.Hole.Detail} Filled from history but for the time in which the server did not run.");
        }

        var loose = read.Where(range => !range.IsJoined).ToList();
        if (loose.Count > 0)
        {
            yield return new(
                handlesOf([.. loose.Select(range => range.Tag)]), job.Hole.From,
                loose.Max(range => range.FirstTime.IsNone ? range.After.Time : range.FirstTime),
                job.Hole.Cause, $"{job.Hole.Detail} The history begins after the hole does.");
        }
    }
}

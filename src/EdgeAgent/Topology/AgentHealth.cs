using EdgeAgent.Journal;

namespace EdgeAgent.Topology;

/// <summary>Whether the agent works. Decided from what its parts say; no clock, no I/O.</summary>
/// <param name="Word">"ok", "degraded" (works, somebody should look) or "stuck" (does not work any more).</param>
/// <param name="Reasons">One sentence each, the worst first; empty when all is well.</param>
internal sealed record AgentHealth(string Word, IReadOnlyList<string> Reasons)
{
    public bool IsStuck => Word == "stuck";

    /// <param name="hasFailed">A part has ended that should not have.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="pumps">What carries samples into the journal.</param>
    /// <param name="readers">What reads the journal.</param>
    /// <param name="troubles">What is wrong outside and mends itself or is for people to mend; a sentence each.</param>
    public static AgentHealth Of(
        bool hasFailed, JournalStatus journal, IEnumerable<Pulse> pumps, IEnumerable<Pulse> readers,
        IEnumerable<string> troubles)
    {
        var stuck = new List<string>();
        var degraded = new List<string>();
        if (hasFailed)
        {
            stuck.Add("A part of the agent has failed; see the log.");
        }

        if (journal.State != JournalState.Healthy)
        {
            (journal.State == JournalState.Stopped ? stuck : degraded).Add($"journal: {journal.Reason}");
        }

        // Held back for want of room is a state that ends by itself when there is room, and that no restart would mend.
        var isHeldBack = journal.State is JournalState.DiskFull or JournalState.BudgetReached;
        if (!isHeldBack && journal.PendingFor > Pulse.StuckAfter)
        {
            stuck.Add($"journal: nothing has become durable for {journal.PendingFor.TotalSeconds:F0} s");
        }

        foreach (var pulse in isHeldBack ? readers : pumps.Concat(readers))
        {
            if (pulse.StuckFor() is { } since)
            {
                stuck.Add($"{pulse.Name}: no progress for {since.TotalSeconds:F0} s");
            }
        }

        degraded.AddRange(troubles);
        return new(stuck.Count > 0 ? "stuck" : degraded.Count > 0 ? "degraded" : "ok", [.. stuck, .. degraded]);
    }
}

namespace EdgeAgent.Tests;

/// <summary>Measures what a piece of code allocates once it runs warm.</summary>
internal static class AllocatedBytes
{
    /// <summary>
    /// The fewest bytes this thread allocates in one of several rounds. The runtime allocates a little of its own while
    /// it replaces code by better code; what the measured code itself allocates is in every round.
    /// </summary>
    public static long Of(Action round, int rounds = 8)
    {
        var least = long.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

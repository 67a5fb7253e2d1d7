namespace EdgeAgent.Simulator.Script;

/// <summary>Time taken out of a machine's planned busy time, every day.</summary>
/// <param name="Machine">Id of the machine.</param>
/// <param name="From">Plant time of the first day, a whole minute.</param>
/// <param name="To">Plant time of the first day, a whole minute; not included.</param>
/// <param name="Reason">In Chinese, as it stands in the calendar.</param>
public sealed record PlannedDowntime(string Machine, long From, long To, string Reason)
{
    /// <summary>Microseconds of [from, to) that are planned down.</summary>
    internal long Overlap(long from, long to)
    {
        var sum = 0L;
        for (var day = from / PlantTime.Day; day * PlantTime.Day < to; day++)
        {
            var start = Math.Max(from, From + (day * PlantTime.Day));
            var end = Math.Min(to, To + (day * PlantTime.Day));
            sum += Math.Max(0, end - start);
        }

        return sum;
    }
}

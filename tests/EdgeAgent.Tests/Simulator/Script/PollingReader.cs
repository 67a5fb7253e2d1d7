using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Script;

/// <summary>
/// What a reader finds who polls at half past every second and sees what was shown some time earlier. It sums readings,
/// as an engine would, and knows nothing of the script's closed forms.
/// </summary>
/// <param name="script">What is read.</param>
/// <param name="late">How old a reading is, in microseconds; negative for a clock that runs behind.</param>
internal sealed class PollingReader(PlantScript script, long late)
{
    /// <summary>Items by product in (from, to]; an increment belongs to the product of the reading before.</summary>
    public SortedDictionary<ushort, Counts> Count(MachineScript machine, int fromMinute, int toMinute)
    {
        var seen = new SortedDictionary<ushort, Counts>();
        var last = Read(machine, LastPollBefore(fromMinute));
        foreach (var poll in Polls(fromMinute, toMinute))
        {
            var next = Read(machine, poll);
            if (next.Counts != last.Counts)
            {
                seen[last.ProductCode] = seen.GetValueOrDefault(last.ProductCode) + new Counts(
                    next.Counts.Produced - last.Counts.Produced,
                    next.Counts.Scrap - last.Counts.Scrap,
                    next.Counts.Rework - last.Counts.Rework);
            }

            last = next;
        }

        return seen;
    }

    /// <summary>Microseconds in each state: a state holds from its reading to the next one.</summary>
    public long[] Durations(MachineScript machine, int fromMinute, int toMinute)
    {
        var durations = new long[5];
        var (state, since) = (Read(machine, LastPollBefore(fromMinute)).State, fromMinute * PlantTime.Minute);
        foreach (var poll in Polls(fromMinute, toMinute))
        {
            durations[(int)state] += poll - since;
            (state, since) = (Read(machine, poll).State, poll);
        }

        durations[(int)state] += (toMinute * PlantTime.Minute) - since;
        return durations;
    }

    /// <summary>kWh or m3 of the supply meters, from the steps of their registers.</summary>
    public Fraction Measure(Carrier carrier, int fromMinute, int toMinute)
    {
        var sum = Fraction.Zero;
        foreach (var meter in script.Meters.Where(meter => meter.Carrier == carrier && meter.Definition.Parent is null))
        {
            var last = meter.RegisterAt(Seen(LastPollBefore(fromMinute)));
            var steps = 0L;
            foreach (var poll in Polls(fromMinute, toMinute))
            {
                var next = meter.RegisterAt(Seen(poll));
                steps += (next - last + meter.Modulus) % meter.Modulus;
                last = next;
            }

            sum += Fraction.From((decimal)steps / (decimal)Math.Pow(10, meter.Definition.Decimals));
        }

        return sum;
    }

    private MachineMoment Read(MachineScript machine, long poll) => machine.At(Seen(poll));

    private long Seen(long poll) => Math.Max(0, poll - late);

    private static long LastPollBefore(int minute) =>
        Math.Max(0, (minute * PlantTime.Minute) - (PlantTime.Second / 2));

    private static IEnumerable<long> Polls(int fromMinute, int toMinute)
    {
        var to = toMinute * PlantTime.Minute;
        for (var poll = (fromMinute * PlantTime.Minute) + (PlantTime.Second / 2); poll < to; poll += PlantTime.Second)
        {
            yield return poll;
        }
    }
}

using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Registers;

/// <summary>
/// A process value: one level while the machine produces, another while it does not, a drift from one to the other, and
/// a wandering noise, all in integers so that it is the same everywhere.
/// </summary>
/// <param name="Key">Makes the noise its own.</param>
/// <param name="Running">Level in production, in the point's last digit.</param>
/// <param name="Stopped">Level otherwise; 0 stands still, without noise.</param>
/// <param name="Noise">How far it wanders to either side; a quarter of it at once.</param>
/// <param name="RefreshSeconds">How often the instrument gives a new value.</param>
/// <param name="DriftSeconds">How long it takes from one level to the other.</param>
internal sealed record Signal(ulong Key, int Running, int Stopped, int Noise, int RefreshSeconds, int DriftSeconds)
{
    private const int RefreshesPerWave = 24;

    public long At(in UnitMoment moment)
    {
        var refresh = moment.Time / (RefreshSeconds * PlantTime.Second);
        var level = Level(moment.Machine.State);
        var drift = DriftSeconds * PlantTime.Second;
        if (moment.Machine.Elapsed < drift)
        {
            var before = (long)Level(moment.Machine.PreviousState);
            return before + ((level - before) * moment.Machine.Elapsed / drift) + NoiseAt(refresh);
        }

        return level == 0 ? 0 : level + NoiseAt(refresh);
    }

    private int Level(MachineState state) => state == MachineState.Production ? Running : Stopped;

    /// <summary>A line from one random height to the next, and a small jitter on it.</summary>
    private long NoiseAt(long refresh)
    {
        if (Noise == 0)
        {
            return 0;
        }

        var (wave, step) = (refresh / RefreshesPerWave, refresh % RefreshesPerWave);
        var height = Spread(wave, Noise * 3 / 4);
        height += (Spread(wave + 1, Noise * 3 / 4) - height) * step / RefreshesPerWave;
        return height + Spread(~refresh, Noise / 4);
    }

    private long Spread(long subject, int reach) =>
        (long)(Draw.Mix(Key, (ulong)subject) % (ulong)((2 * reach) + 1)) - reach;
}

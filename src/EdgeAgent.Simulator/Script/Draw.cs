namespace EdgeAgent.Simulator.Script;

/// <summary>
/// Reproducible numbers: the same key gives the same number on every machine and run. The mixing function is the
/// finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014, figure 16).
/// </summary>
internal struct Draw(ulong state)
{
    private const ulong GoldenGamma = 0x9E37_79B9_7F4A_7C15;

    private ulong _state = state;

    /// <summary>A sequence of its own for each (seed, subject).</summary>
    public static Draw For(ulong seed, ulong subject) => new(Mix(seed, subject));

    public static ulong Mix(ulong key, ulong subject) => Mix(key + ((subject + 1) * GoldenGamma));

    /// <summary>The next number, from 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>One of a range with both its ends, the small more often than the large.</summary>
    public int Skewed(int least, int most) =>
        least + Math.Min(Below(most - least + 1), Below(most - least + 1));

    public bool PerMille(int chance) => Below(1000) < chance;

    private ulong Next() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}

using System.Security.Cryptography;

namespace EdgeAgent.Topology;

/// <summary>Chance for the delays of retries, so that a thousand agents do not return in the same second.</summary>
internal static class Jitter
{
    /// <summary>A number in [0, 1).</summary>
    public static double Draw() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}

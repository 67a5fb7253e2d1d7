using EdgeAgent.Core.Model;

namespace EdgeAgent.JournalStress;

/// <summary>
/// The numbers that the killed process writes and that the test expects: value = f(tag, n), time = g(n).
/// </summary>
public static class StressSamples
{
    public const int TagCount = 20;

    /// <summary>Each life of the process begins with a multiple of this.</summary>
    public const long FirstOfLife = 10_000_000;

    private static readonly UtcTime Start = UtcTime.FromMicroseconds(1_767_225_600_000_000);

    public static TagTable Tags { get; } = new(Enumerable.Range(0, TagCount).Select(i => new Tag
    {
        Id = $"stress.{i}",
        DeviceId = "stress",
        Kind = i % 2 == 0 ? ValueKind.Int64 : ValueKind.Float64,
    }));

    public static UtcTime TimeOf(long n) => Start + TimeSpan.FromMilliseconds(n);

    public static long NumberAt(UtcTime time) => (time - Start).Ticks / TimeSpan.TicksPerMillisecond;

    public static Sample Row(int tag, long n) =>
        new(tag, UtcTime.None, UtcTime.None, TimeOf(n), StatusCode.Good, BitsOf(tag, n));

    /// <summary>All 64 bits depend on tag and n; half of the tags are noise, half are counters.</summary>
    public static long BitsOf(int tag, long n) =>
        tag % 2 == 0 ? (n * 3) + tag : unchecked((long)(((ulong)n + (ulong)tag) * 0x9E37_79B9_7F4A_7C15));
}

using System.Diagnostics;

namespace EdgeAgent.LoadRunner;

/// <summary>What this process has used so far.</summary>
/// <param name="At">Of a monotonic clock.</param>
/// <param name="Cpu">User and system time of all threads.</param>
/// <param name="Allocated">Managed bytes, all threads.</param>
/// <param name="Paused">Time in garbage collections.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
internal readonly record struct ProcessFigures(
    long At, TimeSpan Cpu, long Allocated, TimeSpan Paused, int Collections)
{
    public static ProcessFigures Now()
    {
        using var process = Process.GetCurrentProcess();
        return new(
            TimeProvider.System.GetTimestamp(),
            process.TotalProcessorTime,
            GC.GetTotalAllocatedBytes(precise: true),
            GC.GetTotalPauseDuration(),
            GC.CollectionCount(0));
    }

    /// <summary>The most memory that was ever resident, in MiB.</summary>
    public static double PeakResident()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}

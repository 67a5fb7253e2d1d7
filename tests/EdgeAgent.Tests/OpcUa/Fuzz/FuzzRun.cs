using System.Diagnostics;
using EdgeAgent.OpcUa;

namespace EdgeAgent.Tests.OpcUa.Fuzz;

/// <summary>Gives many inputs to a target and holds it to its promises.</summary>
internal sealed class FuzzRun(string name, int seed)
{
    private const long AllocatedBase = 64 * 1024;
    private const long AllocatedPerByte = 16;
    private const int Attempts = 3;

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads an input; may throw an <see cref="OpcUaException"/> of a declared code and nothing else.</summary>
    public delegate void Target(byte[] input);

    public int Refused { get; private set; }

    /// <summary>Runs the target.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="next">Makes an input.</param>
    /// <param name="declared">The codes that it may refuse with.</param>
    /// <param name="target">What is tried.</param>
    public void Run(int inputs, Func<byte[]> next, IReadOnlySet<uint> declared, Target target)
    {
        for (var i = 0; i < inputs; i++)
        {
            Try(i, next(), declared, target);
        }
    }

    private void Try(int number, byte[] input, IReadOnlySet<uint> declared, Target target)
    {
        var (time, allocated) = Measure(number, input, declared, target);
        var allowed = AllocatedBase + (AllocatedPerByte * input.Length);

        // The machine may stop this thread, and the runtime compiles on it: what is repeatable is the target's own.
        for (var attempt = 1; attempt < Attempts && (time >= Slow || allocated > allowed); attempt++)
        {
            var (timeAgain, allocatedAgain) = Measure(number, input, declared, target);
            time = timeAgain < time ? timeAgain : time;
            allocated = Math.Min(allocated, allocatedAgain);
        }

        if (time >= Slow)
        {
            throw Failure(number, input, $"took {time.TotalMilliseconds:F0} ms");
        }

        if (allocated > allowed)
        {
            throw Failure(number, input, $"allocated {allocated} bytes, {allowed} are allowed");
        }
    }

    private (TimeSpan Time, long Allocated) Measure(
        int number, byte[] input, IReadOnlySet<uint> declared, Target target)
    {
        // A target may decipher in place.
        var copy = input.ToArray();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            target(copy);
        }
        catch (OpcUaException refusal) when (declared.Contains(refusal.Status.Value))
        {
            Refused++;
        }
        catch (Exception unexpected)
        {
            throw Failure(number, input, unexpected.ToString());
        }

        return (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private InvalidOperationException Failure(int number, byte[] input, string what) => new(
        $"{name}, seed {seed}, input {number} of {input.Length} bytes: {what}\n{Convert.ToHexString(input)}");
}

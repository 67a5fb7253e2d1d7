using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The program as it is shipped, built beside the tests and started as people start it.</summary>
internal static class AgentProgram
{
    // A busy machine may take seconds to start a process; only a hanging one takes this.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "edgeagent");

    public static ChildProcess Start(params string[] arguments) => ChildProcess.Start(Program, arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        var code = await process.WaitForExitAsync(Limit);
        return new(code, process.Output, process.StandardOutput);
    }

    /// <param name="Output">Everything it said.</param>
    /// <param name="StandardOutput">The lines of stdout alone.</param>
    internal sealed record Ended(int Code, string Output, IReadOnlyList<string> StandardOutput)
    {
        /// <summary>A person could read what it said: no trace of a bug.</summary>
        public void SaysNoStackTrace()
        {
            Assert.DoesNotContain("Unhandled exception", Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at EdgeAgent", Output, StringComparison.Ordinal);
        }
    }
}

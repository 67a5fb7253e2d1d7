using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EdgeAgent.SystemTests.Journal;

/// <summary>What the kernel sees: not what we call, but what .NET makes of it.</summary>
public sealed partial class SystemCallTests
{
    [Fact]
    public async Task A_segment_is_written_flushed_renamed_and_its_folder_flushed_before_the_next_write()
    {
        if (!File.Exists("/usr/bin/strace") || !File.Exists("/usr/bin/timeout"))
        {
            Assert.Skip("strace is not installed.");
        }

        using var folder = new ScratchFolder();
        var log = Path.Combine(folder.Path, "log");
        var data = Path.Combine(folder.Path, "data");
        var program = Path.Combine(AppContext.BaseDirectory, "EdgeAgent.JournalStress.dll");

        // The program never ends by itself; timeout kills it, and strace ends with it.
        string[] arguments =
        [
            "-f", "-e", "trace=pwrite64,fsync,rename,openat,open", "-o", log,
            "timeout", "-s", "KILL", "4", "dotnet", "exec", program, data, "0",
        ];
        using var process = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The committer's calls only: the reader commits its position on other threads in between.
        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        var start = Array.FindIndex(lines, line => line.Contains("1.segment.tmp\", O_RDWR", StringComparison.Ordinal));
        if (start < 0)
        {
            Assert.Skip("strace may not trace here, or four seconds were too short to start under it.");
        }

        var thread = lines[start].Split(' ')[0];
        var calls = lines[start..].Where(line => line.StartsWith(thread + " ", StringComparison.Ordinal))
            .Select(line => Call().Match(line).Groups[1].Value)
            .Where(call => call.Length > 0)
            .Take(7);

        Assert.Equal(["openat", "pwrite64", "pwrite64", "fsync", "rename", "openat", "fsync"], calls);
    }

    [GeneratedRegex(@"^\d+ +(\w+)\(")]
    private static partial Regex Call();
}

using System.Diagnostics;

namespace EdgeAgent.SystemTests.Journal;

/// <summary>
/// A file system in memory with little room, mounted for one test. Skips the test where it may not be mounted.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public SmallDisk(string options)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !TryRun("mount", [
            "-t", "tmpfs", "-o", options, "tmpfs", _folder.Path]))
        {
            _folder.Dispose();
            Assert.Skip("Only root on Linux may mount a small disk.");
        }
    }

    public string Path => _folder.Path;

    public void Dispose()
    {
        TryRun("umount", ["-l", Path]);
        _folder.Dispose();
    }

    private static bool TryRun(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}

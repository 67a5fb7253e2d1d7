using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>A small file system in memory, to be filled or made read-only; root ignores mode bits.</summary>
internal sealed class TmpfsMount : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private TmpfsMount()
    {
    }

    public string Path => _folder.Path;

    /// <summary>Mounts one, or skips the test where this user may not.</summary>
    public static async Task<TmpfsMount> RequireAsync(string size)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a file system.");
        var mount = new TmpfsMount();
        if (await TryRunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", mount.Path) is { } complaint)
        {
            mount._folder.Dispose();
            Assert.Skip($"No file system can be mounted here: {complaint}");
        }

        return mount;
    }

    public async Task MakeReadOnlyAsync() =>
        Assert.Null(await TryRunAsync("mount", "-o", "remount,ro", Path));

    public async ValueTask DisposeAsync()
    {
        // Lazily: a child that was just killed may still hold a file for a moment.
        await TryRunAsync("umount", "-l", Path);
        _folder.Dispose();
    }

    private static async Task<string?> TryRunAsync(string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(ChildProcess.Require(program, "mount"), arguments);
        return await process.WaitForExitAsync(TimeSpan.FromSeconds(30)) == 0 ? null : process.Output;
    }
}

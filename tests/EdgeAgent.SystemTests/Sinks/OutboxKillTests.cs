using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Sinks;

/// <summary>
/// What a put promised is there after the process is killed. A kill does not lose what only the kernel holds, so these
/// tests show atomicity and recovery; that the log is synced is shown by the disk that fails to.
/// </summary>
public sealed class OutboxKillTests : IDisposable
{
    private const int Kills = 12;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_no_put_is_lost_or_half_done()
    {
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var worker = OutboxWorker.Start(_folder.Path);
            var start = OutboxWorker.Position(_folder.Path);
            await Eventually.TrueAsync(() => OutboxWorker.Position(_folder.Path) > start, () => worker.Output);
            await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
            await worker.KillAsync();
            CheckEverythingToldIsThere();
        }
    }

    [Fact]
    public async Task A_disk_that_fails_to_sync_is_trouble_and_nothing_told_before_or_after_is_lost()
    {
        var strace = ChildProcess.Require("strace", "strace");
        await using var worker = OutboxWorker.Start(
            _folder.Path, strace, "-D", "-f", "-qq", "-o", _folder.File("trace"), "-e", "trace=fsync,fdatasync",
            "-e", "inject=fsync,fdatasync:error=EIO:when=40..60");
        await Eventually.TrueAsync(
            () => OutboxWorker.Told(_folder.Path) is var told
                && Array.LastIndexOf(told, nameof(OutboxFault.Unwritable)) is >= 0 and var last
                && told.Length > last + 20,
            () => worker.Output);
        await worker.KillAsync(); // With -D the process started is the worker, and strace ends after it.
        CheckEverythingToldIsThere();
    }

    private void CheckEverythingToldIsThere()
    {
        var told = OutboxWorker.Position(_folder.Path);
        using var outbox = Outbox.Open(_folder.File("outbox.db"), new(), TimeProvider.System, NullLogger.Instance);
        Assert.Null(outbox.SetAside);
        var position = outbox.ReadPosition("kpi")!.Value;
        Assert.InRange(position, told, told + OutboxWorker.PutSize); // One put may be durable and not yet told.
        Assert.Equal(
            Enumerable.Range(0, (int)position).Select(number => $"m/{number}"),
            outbox.Take(0, int.MaxValue, long.MaxValue).Select(row => row.Message.Id));
    }
}

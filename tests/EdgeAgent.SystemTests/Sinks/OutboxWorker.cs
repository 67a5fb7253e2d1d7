using System.Globalization;
using System.Text;
using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Sinks;

/// <summary>
/// Not a test: a process of its own that puts ten messages at a time and tells in a file how far it has come, so that
/// it can be killed and its disk made to fail.
/// </summary>
public sealed class OutboxWorker
{
    public const int PutSize = 10;
    private const string FolderVariable = "EDGEAGENT_OUTBOX_WORKER";

    internal static ChildProcess Start(string folder, params string[] prefix) => ChildProcess.Start(
        "/usr/bin/env",
        [
            $"{FolderVariable}={folder}", .. prefix, Environment.ProcessPath!, "-explicit", "only", "-method",
            $"{typeof(OutboxWorker).FullName}.{nameof(Puts_until_it_is_killed)}",
        ]);

    /// <summary>The lines it has told: the position after each put, or the trouble it met.</summary>
    internal static string[] Told(string folder)
    {
        var path = Path.Combine(folder, "told");
        return File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : []; // What follows the last LF is cut.
    }

    internal static long Position(string folder) => Told(folder)
        .Select(line => long.TryParse(line, CultureInfo.InvariantCulture, out var position) ? position : 0)
        .DefaultIfEmpty().Max();

    internal static OutboxMessage Message(int number) =>
        new($"m/{number}", "edge/agent1/kpi", Encoding.UTF8.GetBytes($$"""{"id":"m/{{number}}"}"""));

    [Fact(Explicit = true)]
    public void Puts_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Only the tests that kill start it.");
        using var told = new FileStream(
            Path.Combine(folder, "told"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var outbox = Outbox.Open(
            Path.Combine(folder, "outbox.db"), new(), TimeProvider.System, NullLogger.Instance);
        var next = (int)(outbox.ReadPosition("kpi") ?? 0);
        while (true)
        {
            try
            {
                outbox.PutAll([.. Enumerable.Range(next, PutSize).Select(Message)], "kpi", next + PutSize);
                next += PutSize;
                Tell(next.ToString(CultureInfo.InvariantCulture));
            }
            catch (OutboxException error)
            {
                Tell(error.Fault.ToString());
            }
        }

        void Tell(string line) => told.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }
}

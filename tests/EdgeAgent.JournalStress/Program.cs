using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.JournalStress;

// edgeagent-journal-stress FOLDER LIFE
//
// Writes rows to the journal as fast as it takes them, until it is killed. Says on standard output what was promised:
//   D sequence n     the row with this sequence number is durable and belongs to poll n
//   C position       this position of the cursor is durable
var folder = args[0];
var first = long.Parse(args[1]) * StressSamples.FirstOfLife;

var config = new JournalConfig
{
    Folder = folder,
    SegmentBytes = 512 * 1024,
    CommitInterval = TimeSpan.FromMilliseconds(5),
    CommitBytes = 16 * 1024,
    BudgetBytes = 8L << 30,
    RetentionBytes = 8L << 30,
    RetentionAge = TimeSpan.FromDays(36_500),
    BallastBytes = 64 * 1024,
};
using var journal = SampleJournal.Open(config, StressSamples.Tags, TimeProvider.System);
var run = journal.RunAsync(CancellationToken.None);
if (!journal.Recovery.LastDurableTime.IsNone)
{
    await journal.AppendAsync(
        new Gap(Gap.Everything, journal.Recovery.LastDurableTime, StressSamples.TimeOf(first), GapCause.AgentStopped),
        CancellationToken.None);
}

await Task.WhenAny(run, WriteAsync(), ReadAsync());
return 1; // None of them ever ends by itself.

async Task WriteAsync()
{
    var pool = new SampleBatchPool(StressSamples.TagCount, 4_096);
    await Task.Yield();
    for (var n = first; ; n++)
    {
        var batch = pool.Rent(StressSamples.Tags);
        for (var tag = 0; tag < StressSamples.TagCount; tag++)
        {
            batch.Add(StressSamples.Row(tag, n));
        }

        await journal.AppendAsync(batch, CancellationToken.None);
    }
}

async Task ReadAsync()
{
    using var output = Console.OpenStandardOutput();
    await using var lines = new StreamWriter(output) { AutoFlush = true };
    using var cursor = journal.OpenCursor("stress");
    await Task.Yield();
    for (var read = 1; ; read++)
    {
        var entry = await cursor.ReadAsync(CancellationToken.None);
        if (entry.Batch is { } batch && (read % 100 == 0 || cursor.Backlog == 0))
        {
            await lines.WriteLineAsync($"D {entry.Sequence} {StressSamples.NumberAt(batch.GatewayTimes[0])}");
        }

        entry.Batch?.Release();
        if (read % 500 == 0)
        {
            await cursor.CommitAsync(cursor.Position, CancellationToken.None);
            await lines.WriteLineAsync($"C {cursor.Position}");
        }
    }
}

using EdgeAgent.Journal;
using EdgeAgent.Tests.Journal.Disk;

namespace EdgeAgent.Tests.Journal;

/// <summary>The power is cut at every operation, and what was not synced is thrown away at random.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public async Task No_durable_entry_is_lost_or_doubled_however_often_the_power_is_cut()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var files = new MemoryFileSystem();
            var durable = new HashSet<(long, int)>();
            var nextPoll = 0L;
            for (var life = 0; life < 4; life++)
            {
                (files, nextPoll) = await LiveAsync(files, nextPoll, durable, random);
                using var reader = JournalReader.Open("/journal", null, files);
                var seen = Polls.ReadAll(reader);

                var lost = durable.Except(seen).Count();
                Assert.True(lost == 0, $"Seed {seed}, life {life}: {lost} samples are lost.");

                // What was found once must be found again: readers have seen it.
                durable = seen;
            }
        }
    }

    private static async Task<(MemoryFileSystem Files, long NextPoll)> LiveAsync(
        MemoryFileSystem files, long nextPoll, HashSet<(long, int)> durable, Random random)
    {
        var cutAt = random.Next(80);
        MemoryFileSystem? found = null;
        long? durableAtCut = null;
        await using var rig = new JournalRig(files) { NextPoll = nextPoll };
        using var cursor = rig.Journal.Follow();
        var start = cursor.Position;
        files.Refuse = (n, _) =>
        {
            if (found is null && n >= cutAt)
            {
                durableAtCut = cursor.Backlog + start;
                found = files.CutPower(random);
            }

            return null;
        };
        for (var i = 0; i < 20; i++)
        {
            await rig.AppendAsync(1 + random.Next(3));
        }

        // Reads what was durable when the power was cut, and nothing after it.
        found ??= files.CutPower(random);
        durableAtCut ??= cursor.Backlog + start;
        while (cursor.Position < durableAtCut)
        {
            var entry = await cursor.ReadAsync(TestContext.Current.CancellationToken);
            for (var row = 0; row < entry.Batch?.Count; row++)
            {
                durable.Add((Some.AssertTrue(entry.Batch, row), entry.Batch[row].TagIndex));
            }

            entry.Batch?.Release();
        }

        return (found, rig.NextPoll);
    }
}

using EdgeAgent.Core.Model;
using EdgeAgent.Journal;

namespace EdgeAgent.Tests.Journal;

/// <summary>Reads polls back and checks every number of them.</summary>
internal static class Polls
{
    /// <summary>
    /// Reads up to a sequence number; fails at a hole, a doubled entry or a wrong number. Returns the batches.
    /// </summary>
    public static async Task<int> ReadAllAsync(JournalCursor cursor, long from, long to)
    {
        var batches = 0;
        while (from < to)
        {
            var entry = await cursor.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal(from, entry.Sequence);
            from = entry.NextSequence;
            Assert.Null(entry.Gap);
            Check(entry);
            batches++;
        }

        return batches;
    }

    /// <summary>All (poll, tag) pairs of a folder, each once; fails at a doubled one or a wrong number.</summary>
    public static HashSet<(long Poll, int Tag)> ReadAll(JournalReader reader, List<Gap>? gaps = null)
    {
        var seen = new HashSet<(long, int)>();
        var position = reader.Position;
        while (reader.TryRead(out var entry))
        {
            Assert.Equal(position, entry.Sequence);
            Assert.True(entry.NextSequence > entry.Sequence);
            position = entry.NextSequence;
            for (var row = 0; row < entry.Batch?.Count; row++)
            {
                Assert.True(seen.Add((Some.AssertTrue(entry.Batch, row), entry.Batch[row].TagIndex)), "Read twice.");
            }

            if (entry.Gap is { } gap)
            {
                gaps?.Add(gap);
            }

            entry.Batch?.Release();
        }

        return seen;
    }

    private static void Check(in JournalEntry entry)
    {
        Assert.Equal(entry.Sequence, entry.Batch!.FirstSequence);
        Assert.Equal(entry.NextSequence, entry.Sequence + entry.Batch.Count);
        for (var row = 0; row < entry.Batch.Count; row++)
        {
            Some.AssertTrue(entry.Batch, row);
        }

        entry.Batch.Release();
    }
}

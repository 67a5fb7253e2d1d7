using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Journal;

/// <summary>
/// Tags, batches and values for the tests of the journal. Every value follows from tag and poll number.
/// </summary>
internal static class Some
{
    public const long PollTicks = TimeSpan.TicksPerSecond;

    /// <summary>2026-01-01.</summary>
    public static readonly UtcTime Start = UtcTime.FromMicroseconds(1_767_225_600_000_000);

    /// <summary>Tags of all four kinds in turn: Float64, Int64, Boolean, Text, ...</summary>
    public static TagTable Tags(int count, string prefix = "t") => new(Enumerable.Range(0, count).Select(i => new Tag
    {
        Id = $"{prefix}{i}",
        DeviceId = "d1",
        Kind = (ValueKind)(1 + (i % 4)),
        Unit = "kWh",
    }));

    /// <summary>What tag i shows at a poll.</summary>
    public static long Bits(int tag, long poll) => (tag % 4) switch
    {
        0 => Sample.BitsOf((((poll * 7) + tag) % 101) / 10.0),
        1 => (poll * 3) + tag,
        2 => (poll / 5) & 1,
        _ => -1,
    };

    public static string? Text(int tag, long poll) => (poll / 4) % 3 == 0 ? null : $"order {poll / 4} of {tag}";

    public static UtcTime TimeOf(long poll) => Start + new TimeSpan(poll * PollTicks);

    /// <summary>One row for each tag.</summary>
    public static SampleBatch Poll(SampleBatchPool pool, TagTable tags, long poll)
    {
        var batch = pool.Rent(tags);
        for (var tag = 0; tag < tags.Count; tag++)
        {
            if (tags[tag].Kind == ValueKind.Text)
            {
                batch.AddText(tag, UtcTime.None, UtcTime.None, TimeOf(poll), StatusCode.Good, Text(tag, poll));
            }
            else
            {
                batch.Add(tag, UtcTime.None, UtcTime.None, TimeOf(poll), StatusCode.Good, Bits(tag, poll));
            }
        }

        return batch;
    }

    /// <summary>
    /// Fails unless every row is what its tag showed at the poll that its time tells; returns that poll.
    /// </summary>
    public static long AssertTrue(SampleBatch batch, int row)
    {
        var sample = batch[row];
        var poll = (sample.GatewayTime - Start).Ticks / PollTicks;
        Assert.Equal(TimeOf(poll), sample.GatewayTime);
        Assert.True(sample.SourceTime.IsNone && sample.ServerTime.IsNone);
        Assert.Equal(StatusCode.Good, sample.Status);
        if (batch.Tags[sample.TagIndex].Kind == ValueKind.Text)
        {
            Assert.Equal(Text(sample.TagIndex, poll), batch.TextAt(row));
        }
        else
        {
            Assert.Equal(Bits(sample.TagIndex, poll), sample.Bits);
        }

        return poll;
    }
}

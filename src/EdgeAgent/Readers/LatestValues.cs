using EdgeAgent.Core.Model;
using EdgeAgent.Journal;

namespace EdgeAgent.Readers;

/// <summary>
/// The newest durable sample of every tag, for people who look. Keeps no position: after a start it knows what has been
/// read since. One writer, any number of readers.
/// </summary>
internal sealed class LatestValues(TagTable tags, SampleJournal journal)
{
    private readonly Lock _gate = new();
    private readonly Sample[] _samples = new Sample[tags.Count];
    private readonly string?[] _texts = new string?[tags.Count];
    private readonly bool[] _known = new bool[tags.Count];

    public TagTable Tags { get; } = tags;

    /// <summary>The newest sample of a tag and its text, or false when none was read since the start.</summary>
    public bool TryGet(int tagIndex, out Sample sample, out string? text)
    {
        lock (_gate)
        {
            (sample, text) = (_samples[tagIndex], _texts[tagIndex]);
            return _known[tagIndex];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var cursor = journal.Follow();
        while (true)
        {
            var entry = await cursor.ReadAsync(cancellationToken);
            if (entry.Batch is { } batch)
            {
                Take(batch);
                batch.Release();
            }
        }
    }

    private void Take(SampleBatch batch)
    {
        // A batch of another table is from before this start: its indexes mean other tags.
        if (!ReferenceEquals(batch.Tags, Tags))
        {
            return;
        }

        lock (_gate)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var sample = batch[row];

                // What a server's history brings is newer than what is shown only if nothing has come since.
                if (batch.Origin == BatchOrigin.Backfill && _known[sample.TagIndex]
                    && sample.EventTime <= _samples[sample.TagIndex].EventTime)
                {
                    continue;
                }

                _samples[sample.TagIndex] = sample;
                _known[sample.TagIndex] = true;
                if (Tags[sample.TagIndex].Kind == ValueKind.Text)
                {
                    _texts[sample.TagIndex] = batch.TextAt(row);
                }
            }
        }
    }
}

using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Readers;
using EdgeAgent.Sinks;

namespace EdgeAgent.SystemTests.Host;

/// <summary>
/// Reads a whole journal from the outside: what is in it, and what a fresh engine makes of it in one go. The agent,
/// however often it was interrupted, has to come to the same.
/// </summary>
internal sealed class JournalReplay
{
    private readonly KpiMessages _messages;
    private readonly KpiPublication _publication;
    private readonly KpiEngine _engine;
    private UtcTime _closed = UtcTime.None;
    private UtcTime _watermark = UtcTime.None;

    private JournalReplay(PlantConfig config, IReadOnlySet<PeriodKind> published)
    {
        Tags = ModelBuilder.Tags(config);
        var model = ModelBuilder.Kpi(config);
        _engine = new(model);
        _publication = KpiPublication.Of(model, published);
        _messages = new(config.Agent.Mqtt?.TopicPrefix ?? "", config.Agent.Id);
        Times = [.. Enumerable.Range(0, Tags.Count).Select(_ => new List<UtcTime>())];
    }

    public TagTable Tags { get; }

    /// <summary>Gateway times of the samples by tag, in journal order.</summary>
    public IReadOnlyList<List<UtcTime>> Times { get; }

    public List<Gap> Gaps { get; } = [];

    public long NextSequence { get; private set; }

    /// <summary>Every message that the periods which became final give, by id.</summary>
    public Dictionary<string, OutboxMessage> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>The figures of <c>period</c> when the engine stood at <c>position</c>.</summary>
    public IReadOnlyList<KpiResult> Figures { get; private set; } = [];

    /// <param name="folder">The journal's.</param>
    /// <param name="config">The agent's.</param>
    /// <param name="published">Which periods are published.</param>
    /// <param name="period">Whose figures are wanted.</param>
    /// <param name="position">As they were before this entry.</param>
    public static JournalReplay Of(
        string folder, PlantConfig config, IReadOnlySet<PeriodKind> published, KpiPeriod period, long position)
    {
        var replay = new JournalReplay(config, published);
        using var reader = JournalReader.Open(folder, replay.Tags);
        while (reader.TryRead(out var entry))
        {
            Assert.Equal(replay.NextSequence, entry.Sequence);
            replay.Take(entry);
            if (entry.NextSequence == position)
            {
                replay.Figures =
                    [.. KpiCatalogue.All.Select(kpi => replay._engine.Compute(kpi, KpiScope.Plant, period))];
            }
        }

        Assert.Empty(reader.Findings);
        Assert.Equal(reader.NextSequence, replay.NextSequence);
        return replay;
    }

    private void Take(JournalEntry entry)
    {
        NextSequence = entry.NextSequence;
        if (entry.Batch is { } batch)
        {
            Assert.Equal(entry.NextSequence - entry.Sequence, batch.Count);
            Assert.Same(Tags, batch.Tags);
            for (var row = 0; row < batch.Count; row++)
            {
                Times[batch[row].TagIndex].Add(batch[row].GatewayTime);
                Advance(batch[row].GatewayTime);
            }

            _engine.Process(batch);
            batch.Release();
        }
        else
        {
            Gaps.Add(entry.Gap!);
            _engine.Process(entry.Gap!);
            Advance(entry.Gap!.To);
        }

        Close(entry.NextSequence);
    }

    private void Advance(UtcTime time) => _watermark = time > _watermark ? time : _watermark;

    private void Close(long position)
    {
        var closable = _watermark - _engine.ClosingDelay;
        var minute = new UtcTime(closable.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute);
        if (minute <= _closed)
        {
            return;
        }

        _closed = minute;
        var closed = _engine.Close(_watermark);
        Add(closed, 0);
        Add(closed.Count > 0 ? _engine.TakeRestated() : [], position);
    }

    private void Add(IEnumerable<KpiPeriod> periods, long revision)
    {
        foreach (var period in periods.Where(_publication.Includes))
        {
            foreach (var figure in _publication.Figures)
            {
                var message = _messages.Form(_engine.Compute(figure.Kpi, figure.Scope, period), revision);
                Messages.Add(message.Id, message);
            }
        }
    }
}

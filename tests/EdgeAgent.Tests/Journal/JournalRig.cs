using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Tests.Journal.Disk;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Journal;

/// <summary>A journal on a file system in memory, with its committer running.</summary>
internal sealed class JournalRig : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SampleBatchPool _pool = new(rowCapacity: 64, retainedCount: 64);
    private readonly Task _run;

    public JournalRig(MemoryFileSystem? files = null, JournalConfig? config = null, TagTable? tags = null)
    {
        Files = files ?? new();
        Tags = tags ?? Some.Tags(8);
        Clock = new(Some.Start.ToDateTimeOffset());
        Journal = SampleJournal.OpenOn(Files, config ?? Config(), Tags, Clock, Note);
        _run = Journal.RunAsync(_stop.Token);
    }

    public MemoryFileSystem Files { get; }

    public TagTable Tags { get; set; }

    public FakeTimeProvider Clock { get; }

    public SampleJournal Journal { get; }

    public List<JournalEvent> Events { get; } = [];

    /// <summary>Whether this was reported, asked while the journal runs.</summary>
    public bool HasReported(JournalEventKind kind)
    {
        lock (Events)
        {
            return Events.Exists(noted => noted.Kind == kind);
        }
    }

    /// <summary>The next poll to be appended.</summary>
    public long NextPoll { get; set; }

    public static JournalConfig Config() => new()
    {
        Folder = "/journal",
        SegmentBytes = 4 * 1024,
        CommitBytes = 1024,
        BudgetBytes = 1024 * 1024,
        RetentionBytes = 1024 * 1024,
        BallastBytes = 0,
        MemoryBytes = 16 * 1024,
    };

    /// <summary>Appends polls; they are durable when this returns.</summary>
    public async Task AppendAsync(int pollCount)
    {
        for (var i = 0; i < pollCount; i++)
        {
            await AppendOneAsync();
        }

        await FlushAsync();
    }

    public async Task AppendOneAsync() =>
        await AdvanceUntil(Journal.AppendAsync(Some.Poll(_pool, Tags, NextPoll++), _stop.Token).AsTask());

    public Task FlushAsync() => AdvanceUntil(Journal.FlushAsync(_stop.Token));

    /// <summary>Lets time pass until a task is done.</summary>
    public async Task AdvanceUntil(Task task)
    {
        var spins = 0;
        while (!task.IsCompleted)
        {
            // Mostly the committer only needs the processor; time is for retries and the commit interval.
            await Task.Yield();
            if (++spins % 100 == 0)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        await task;
    }

    public async ValueTask StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Journal.Dispose();
        _stop.Dispose();
    }

    private void Note(JournalEvent noted)
    {
        lock (Events)
        {
            Events.Add(noted);
        }
    }
}

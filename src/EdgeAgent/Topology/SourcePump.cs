using EdgeAgent.Core.Pipeline;
using EdgeAgent.Journal;
using EdgeAgent.Sources;

namespace EdgeAgent.Topology;

/// <summary>
/// Carries what one source captured from its queue into the journal. When the journal takes no more, the pump waits,
/// the queue fills, and the source holds back: that is the whole of the back-pressure.
/// </summary>
internal sealed class SourcePump(IReportingSource source, SourceQueue queue, SampleJournal journal, Pulse pulse)
{
    public IReportingSource Source { get; } = source;

    public SourceQueue Queue { get; } = queue;

    public Pulse Pulse { get; } = pulse;

    /// <summary>Runs until the source has ended and everything it wrote is appended, or until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await Queue.WaitToReadAsync(cancellationToken))
        {
            while (Queue.TryRead(out var item))
            {
                Pulse.Busy();
                await journal.AppendAsync(item, cancellationToken);
            }

            Pulse.Idle();
        }
    }
}

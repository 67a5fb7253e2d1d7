namespace EdgeAgent.Core.Pipeline;

/// <summary>
/// Something that reads the plant. One source is one connection with all devices behind it.
/// <para>
/// <see cref="RunAsync"/> is called once and runs until cancelled. What the world does wrong (refused, silent, garbage)
/// is data: Bad samples and gaps, never an exception. Every poll that falls due ends as samples, or lies inside a gap.
/// The source is the only writer of its queue. When the queue has no room it does not poll, counts the skipped polls,
/// and writes one gap for them as soon as there is room again. On cancellation it returns promptly and leaves nothing
/// open.
/// </para>
/// </summary>
public interface ISource
{
    /// <summary>Unique among the sources of the agent; appears in gaps, logs and metrics.</summary>
    string Name { get; }

    Task RunAsync(SourceQueue output, CancellationToken cancellationToken);
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>One node whose Value is wanted.</summary>
/// <param name="Handle">
/// Names the tag in everything a <see cref="SubscriptionRunner"/> hands over, and is the client handle on the wire.
/// Unique, 0 to <see cref="HandleMax"/>. Several tags may name one node.
/// </param>
/// <param name="Address">The node, by the URI of its namespace.</param>
public sealed record MonitoredTag(uint Handle, NodeAddress Address)
{
    /// <summary>The table from handles to tags is an array of this length at most: 16 MiB.</summary>
    public const uint HandleMax = (1 << 22) - 1;

    /// <summary>How often the server is asked to look. Zero: as fast as it can.</summary>
    public TimeSpan SamplingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Values the server keeps between two publish responses; more are asked for where sampling is so much faster than
    /// publishing that they could not be enough. 10 as most clients in the field ask for.
    /// </summary>
    public uint QueueSize { get; init; } = 10;

    /// <summary>Null: every change is reported.</summary>
    public Deadband? Deadband { get; init; }

    /// <summary>
    /// Without news of the tag for so long it is read, and what the server answers is delivered as
    /// <see cref="ValueOrigin.Confirmed"/>. Zero: never.
    /// </summary>
    public TimeSpan ConfirmAfter { get; init; }

    /// <summary>
    /// Without news of the tag, confirmed or not, for so long it is reported as silent
    /// (<see cref="IRunnerEvents.TagsSilent"/>). Zero: never.
    /// </summary>
    public TimeSpan SilentAfter { get; init; }
}

using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks;

/// <summary>A stored message whose checksum was right when it was read.</summary>
/// <param name="Sequence">The order in which messages were put.</param>
/// <param name="Attempts">How often it was sent before.</param>
internal sealed record OutboxRow(long Sequence, OutboxMessage Message, UtcTime CreatedAt, int Attempts);

/// <summary>What became of one attempt to send a row.</summary>
/// <param name="State">Published, Parked, or Queued for another attempt.</param>
/// <param name="Reason">Why it was not published, for people; empty if it was.</param>
internal readonly record struct OutboxOutcome(long Sequence, OutboxState State, string Reason);

/// <summary>What <see cref="Outbox.PutAll"/> did.</summary>
/// <param name="Added">Messages new to the outbox.</param>
/// <param name="Repeated">Messages that were there already, byte for byte.</param>
/// <param name="Conflicts">
/// Ids that were there with other bytes. The stored ones stay; the ones offered were not stored. It means that a
/// message was not a function of its id: a fault in this program or two agents of one name.
/// </param>
internal sealed record OutboxPutResult(int Added, int Repeated, IReadOnlyList<string> Conflicts);

/// <summary>The figures shown to people; rows, and an age.</summary>
internal readonly record struct OutboxCounters(
    long Queued, long Published, long Parked, long Quarantined, long Conflicts, TimeSpan OldestQueuedAge);

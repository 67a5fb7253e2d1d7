using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.Mqtt;

internal enum PublisherState
{
    /// <summary>No connection; tried again by itself.</summary>
    Disconnected,

    /// <summary>Connected, and messages go out.</summary>
    Connected,

    /// <summary>
    /// Connected, but the broker has nobody to give some messages to, or is in trouble; they are kept.
    /// </summary>
    Undelivered,

    /// <summary>The broker will not have us; tried again, and a person has to act.</summary>
    Refused,

    /// <summary>The outbox cannot be read or written.</summary>
    OutboxFailed,
}

/// <summary>How the publisher is doing, for people.</summary>
/// <param name="Reason">What happened; empty when all is well.</param>
/// <param name="Remedy">What a person can do; may be empty.</param>
/// <param name="Since">When this state began.</param>
internal sealed record PublisherStatus(PublisherState State, string Reason, string Remedy, UtcTime Since);

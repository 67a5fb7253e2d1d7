namespace EdgeAgent.Sinks;

/// <summary>
/// Where a row stands. The numbers are stored, and any two differ in at least four bits: a flipped bit gives a number
/// that means nothing, never another state.
/// </summary>
internal enum OutboxState : byte
{
    /// <summary>To be sent, oldest first.</summary>
    Queued = 0x5A,

    /// <summary>The broker acknowledged it and had someone to give it to.</summary>
    Published = 0xA5,

    /// <summary>The broker will not have it for now; tried again after the next connect.</summary>
    Parked = 0x3C,

    /// <summary>The stored bytes are not those that were put; never sent, kept for inspection.</summary>
    Quarantined = 0xC3,
}

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Where a notification message stands in its subscription's order.</summary>
internal enum SequenceVerdict
{
    /// <summary>The next one: deliver it.</summary>
    InOrder,

    /// <summary>Others must come before it: hold it back.</summary>
    Early,

    /// <summary>It has been delivered or given up: drop it.</summary>
    Duplicate,

    /// <summary>Without a legal number: deliver it.</summary>
    Unordered,
}

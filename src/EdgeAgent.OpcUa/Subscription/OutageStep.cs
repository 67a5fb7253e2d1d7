namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What a runner is doing.</summary>
internal enum OutageStep
{
    /// <summary>Opening a session.</summary>
    Connect,

    /// <summary>Activating the same session on a new connection.</summary>
    Reactivate,

    /// <summary>Taking living subscriptions over into a new session.</summary>
    Transfer,

    /// <summary>Getting what was sent while nobody listened.</summary>
    Republish,

    /// <summary>Creating subscriptions and items that are not there.</summary>
    Create,

    /// <summary>Pumping.</summary>
    Listen,

    /// <summary>Reading on a grid instead.</summary>
    Poll,
}

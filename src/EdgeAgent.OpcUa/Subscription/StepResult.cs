namespace EdgeAgent.OpcUa.Subscription;

/// <summary>How a step of a runner ended.</summary>
internal enum StepResult
{
    Done,

    /// <summary>The connection ended, or did not come about.</summary>
    ConnectionLost,

    /// <summary>The server no longer has the session, or will never take it back.</summary>
    SessionGone,

    /// <summary>The server is not the one that it was: started anew, or its nodes have other ids.</summary>
    ServerChanged,

    /// <summary>Some subscription is gone; the session is not.</summary>
    SubscriptionGone,

    /// <summary>The server has no subscriptions at all.</summary>
    NoSubscriptions,
}

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>How values came.</summary>
public enum ValueOrigin
{
    /// <summary>Reported as they happened, or polled.</summary>
    Live,

    /// <summary>Reported once and lost on the way, and got again from the server's queue by Republish.</summary>
    Resent,

    /// <summary>From the server's history, to close a hole. Older than what may already have been delivered.</summary>
    Backfilled,

    /// <summary>
    /// The server said again how it is: a confirming read, or an initial value that had been delivered before. A real
    /// answer with the server's own status and times, but not a change.
    /// </summary>
    Confirmed,
}

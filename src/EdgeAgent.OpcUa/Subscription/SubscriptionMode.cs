namespace EdgeAgent.OpcUa.Subscription;

/// <summary>How values are asked for.</summary>
public enum SubscriptionMode
{
    /// <summary>Subscribe; poll a server that has no subscriptions.</summary>
    Auto,

    /// <summary>Always poll by Read.</summary>
    Poll,
}

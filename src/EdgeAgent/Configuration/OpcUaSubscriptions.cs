using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>How values are asked for.</summary>
internal enum OpcUaSubscriptions
{
    /// <summary>Subscribe; poll a server that knows no subscriptions.</summary>
    Auto,

    /// <summary>Always poll by Read.</summary>
    Poll,
}

internal static class OpcUaSubscriptionWords
{
    public static readonly Choices<OpcUaSubscriptions> Words = new(
        (OpcUaSubscriptions.Auto, ["auto"]), (OpcUaSubscriptions.Poll, ["poll"]));
}

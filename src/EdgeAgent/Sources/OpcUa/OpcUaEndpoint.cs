using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>One server with all its tags, as the topology hands it to an <see cref="OpcUaSource"/>.</summary>
internal sealed record OpcUaEndpoint
{
    /// <summary>Unique among the sources of the agent.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is and how to speak to it; the identity comes when it is needed.</summary>
    public required ConnectSettings Connection { get; init; }

    /// <summary>Opened anew at each connection, so that a changed password takes effect.</summary>
    public required OpcUaIdentity Identity { get; init; }

    /// <summary>Errors of the server's certificate that somebody has decided to live with.</summary>
    public required CertificateRules Rules { get; init; }

    public required SubscriptionSettings Subscription { get; init; }

    /// <summary>For each tag: values kept by the server between two responses.</summary>
    public required int QueueSize { get; init; }

    /// <summary>A tag without news for so long is read.</summary>
    public required TimeSpan ConfirmAfter { get; init; }

    /// <summary>By client handle.</summary>
    public required IReadOnlyList<OpcUaTag> Tags { get; init; }
}

using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;

namespace EdgeAgent.Topology;

/// <summary>Turns the endpoints, devices and tags of the configuration into what an OPC UA source reads.</summary>
internal static class OpcUaEndpoints
{
    /// <summary>One per configured endpoint that has tags.</summary>
    public static IEnumerable<OpcUaEndpoint> Of(PlantConfig config, TagTable tags)
    {
        var devices = config.Devices.ToDictionary(device => device.Id, StringComparer.Ordinal);
        var byEndpoint = config.Tags.OfType<OpcUaTagConfig>()
            .ToLookup(tag => devices[tag.Device].Endpoint, StringComparer.Ordinal);
        return
            from endpoint in config.Agent.Endpoints.OfType<OpcUaEndpointConfig>()
            where byEndpoint[endpoint.Name].Any()
            select new OpcUaEndpoint
            {
                Name = endpoint.Name,
                Connection = new()
                {
                    Url = endpoint.Url,
                    Policy = Policy(endpoint.Policy),
                    Mode = Mode(endpoint.Mode),
                    SessionName = $"EdgeAgent {config.Agent.Id} {endpoint.Name}",
                    ConnectTimeout = endpoint.Timeout,
                    RequestTimeout = endpoint.Timeout,
                    SessionTimeout = endpoint.Lifetime,
                },
                Identity = Identity(config, endpoint.Identity),
                Rules = new()
                {
                    SuppressValidityPeriod = endpoint.AcceptExpired,
                    SuppressHostName = endpoint.AcceptHostName,
                    SuppressRevocationUnknown = endpoint.AcceptRevocationUnknown,
                },
                Subscription = new()
                {
                    Mode = endpoint.Subscriptions == OpcUaSubscriptions.Poll
                        ? SubscriptionMode.Poll : SubscriptionMode.Auto,
                    Profile = ServerProfile.Find(OpcUaProfiles.Words.WordOf(endpoint.Profile)),
                    PublishingInterval = endpoint.PublishingInterval,
                    KeepAlive = endpoint.KeepAlive,
                    Lifetime = endpoint.Lifetime,
                    CallTimeout = endpoint.Timeout,
                    Backfill = endpoint.Backfill,
                },
                QueueSize = endpoint.QueueSize,
                ConfirmAfter = endpoint.ConfirmInterval,
                Tags = [.. byEndpoint[endpoint.Name].Select(tag => Tag(tag, tags))],
            };
    }

    /// <summary>What the runner is told of the tags, in the order of their handles.</summary>
    public static IReadOnlyList<MonitoredTag> Monitored(OpcUaEndpoint endpoint) =>
        [.. endpoint.Tags.Select((tag, handle) => Monitored(tag, (uint)handle, endpoint))];

    private static MonitoredTag Monitored(OpcUaTag tag, uint handle, OpcUaEndpoint endpoint)
    {
        // A tag that is sampled more seldom than it would be confirmed has nothing to confirm before its next sample.
        var confirm = tag.Interval > endpoint.ConfirmAfter ? tag.Interval : endpoint.ConfirmAfter;
        return new(handle, tag.Address)
        {
            SamplingInterval = tag.Interval,
            QueueSize = (uint)endpoint.QueueSize,
            Deadband = tag.Deadband is { } deadband
                ? new(
                    deadband.IsPercent ? DeadbandType.Percent : DeadbandType.Absolute,
                    Convert.ToDouble(deadband.Value, CultureInfo.InvariantCulture))
                : null,
            ConfirmAfter = confirm,
            SilentAfter = OpcUaSource.SilentAfter(confirm),
        };
    }

    private static OpcUaTag Tag(OpcUaTagConfig tag, TagTable tags) => new()
    {
        TagIndex = tags.IndexOf(tag.Id),
        Device = tag.Device,
        Address = tag.Address ?? throw new UnreachableException("A checked tag has an address."),
        Format = new(tag.Type, tag.Scale, tag.Offset),
        Interval = tag.Interval,
        Field = tag.Field,
        Deadband = tag.Deadband,
    };

    private static OpcUaIdentity Identity(PlantConfig config, OpcUaIdentityConfig identity)
    {
        string? Resolve(string? path) => path is null ? null : config.Resolve(path);
        return new()
        {
            User = identity.User,
            PasswordFile = Resolve(identity.PasswordFile),
            CertificateFile = Resolve(identity.Certificate),
            KeyFile = Resolve(identity.Key),
        };
    }

    private static SecurityPolicy? Policy(OpcUaPolicy policy) => policy switch
    {
        OpcUaPolicy.Best => null,
        OpcUaPolicy.Aes256Sha256RsaPss => SecurityPolicy.Aes256Sha256RsaPss,
        OpcUaPolicy.Aes128Sha256RsaOaep => SecurityPolicy.Aes128Sha256RsaOaep,
        OpcUaPolicy.Basic256Sha256 => SecurityPolicy.Basic256Sha256,
        OpcUaPolicy.None => SecurityPolicy.None,
        _ => throw new UnreachableException(),
    };

    private static MessageSecurityMode Mode(OpcUaMode mode) => mode switch
    {
        OpcUaMode.SignAndEncrypt => MessageSecurityMode.SignAndEncrypt,
        OpcUaMode.Sign => MessageSecurityMode.Sign,
        OpcUaMode.None => MessageSecurityMode.None,
        _ => throw new UnreachableException(),
    };
}

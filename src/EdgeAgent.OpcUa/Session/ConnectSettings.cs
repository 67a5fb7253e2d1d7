using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.Session;

/// <summary>How to reach one server and as whom.</summary>
public sealed record ConnectSettings
{
    /// <summary>
    /// opc.tcp://host:port/path, as the user wrote it: the host in it is the one that is connected to.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Null for the strongest that the server offers. <see cref="SecurityPolicy.None"/> only if it stands here.
    /// </summary>
    public SecurityPolicy? Policy { get; init; }

    /// <summary>Null for SignAndEncrypt. Sign and None only if they stand here.</summary>
    public MessageSecurityMode? Mode { get; init; }

    public UserIdentity Identity { get; init; } = UserIdentity.Anonymous;

    /// <summary>What the server's operator sees in a list of sessions.</summary>
    public string SessionName { get; init; } = "EdgeAgent";

    /// <summary>This application's name, for people. Its URI is that of its certificate.</summary>
    public string ApplicationName { get; init; } = "EdgeAgent";

    /// <summary>For the TCP connection and for each step until the session is active.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one request. Slow PLCs take seconds to browse.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long the server should keep the session without hearing from us. A cable that is pulled and put back, or a
    /// switch that starts again, takes less.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After how long a silence the server is asked whether it lives.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lifetime asked for the channel's keys.</summary>
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>In what language texts should be, the best first; empty for the server's own.</summary>
    public IReadOnlyList<string> Locales { get; init; } = [];

    public TransportLimits Transport { get; init; } = new();

    public DecodingLimits Decoding { get; init; } = DecodingLimits.Default;
}

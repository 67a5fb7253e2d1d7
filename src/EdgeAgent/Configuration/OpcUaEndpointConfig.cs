using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>An OPC UA server over opc.tcp.</summary>
internal sealed record OpcUaEndpointConfig : EndpointConfig
{
    /// <summary>Keys that only OPC UA endpoints have.</summary>
    public static readonly string[] OwnKeys =
    [
        "url", "securityPolicy", "securityMode", "identity", "profile", "subscriptions", "publishingInterval",
        "queueSize", "keepAlive", "lifetime", "confirmInterval", "backfill", "acceptExpired", "acceptHostName",
        "acceptRevocationUnknown",
    ];

    // IANA: opcua-tcp.
    private const int DefaultPort = 4840;
    private const string Scheme = "opc.tcp";
    private const string ExampleUrl = "opc.tcp://192.168.1.20:4840";

    // A subscription must outlive a few keep-alives that get lost (Part 4, 5.14.1.1: at least three).
    private const int KeepAlivesInLifetime = 3;

    // Stands for a URL that could not be understood and has been reported; there is only this one.
    private static readonly Uri Nowhere = new("opc.tcp://invalid:4840");

    public required Uri Url { get; init; }

    public required OpcUaPolicy Policy { get; init; }

    public required OpcUaMode Mode { get; init; }

    public required OpcUaIdentityConfig Identity { get; init; }

    public required OpcUaProfile Profile { get; init; }

    public required OpcUaSubscriptions Subscriptions { get; init; }

    /// <summary>How often the server reports; null: as often as each tag is sampled.</summary>
    public required TimeSpan? PublishingInterval { get; init; }

    /// <summary>Values the server keeps of one tag between two publish responses.</summary>
    public required int QueueSize { get; init; }

    /// <summary>The longest silence of a server that has nothing to report.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>How long the server is asked to keep session and subscription of an agent that is away.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>A tag without news for so long is read, so that an unchanged value is known to be one.</summary>
    public required TimeSpan ConfirmInterval { get; init; }

    /// <summary>Close gaps from the server's history where a node has one.</summary>
    public required bool Backfill { get; init; }

    /// <summary>Take a server certificate outside its validity period.</summary>
    public required bool AcceptExpired { get; init; }

    /// <summary>Take a server certificate that does not name the host of the URL.</summary>
    public required bool AcceptHostName { get; init; }

    /// <summary>Take a server certificate of a CA whose revocation list is missing.</summary>
    public required bool AcceptRevocationUnknown { get; init; }

    public override string Address => ReferenceEquals(Url, Nowhere) ? "" : Url.AbsoluteUri.TrimEnd('/');

    public override string AddressKey => "url";

    public static OpcUaEndpointConfig Read(string name, JsonSection json)
    {
        var (policy, mode) = ReadSecurity(json);
        var identity = json.Section("identity") is { } section
            ? OpcUaIdentityConfig.Read(section)
            : OpcUaIdentityConfig.Anonymous;
        var config = new OpcUaEndpointConfig
        {
            Name = name,
            Protocol = EndpointProtocol.OpcUa,
            Url = ReadUrl(json["url"].Required(ExampleUrl)),
            Policy = policy,
            Mode = mode,
            Identity = identity,
            Profile = json["profile"].Choice(OpcUaProfile.Auto, OpcUaProfiles.Words),
            Subscriptions = json["subscriptions"].Choice(OpcUaSubscriptions.Auto, OpcUaSubscriptionWords.Words),

            // A PLC browses and signs slowly when its cycle is busy; a desktop server answers within milliseconds.
            Timeout = json["timeout"].Duration(
                TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),

            // A sample keeps its own time, so this is only delay; a slow network may want fewer responses.
            PublishingInterval = json.Has("publishingInterval")
                ? json["publishingInterval"].Duration(
                    TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1))
                : null,

            // As most clients in the field ask for; more is asked for where it could not be enough.
            QueueSize = json["queueSize"].Integer(10, 1, 10_000),

            // Short enough that a dead server is noticed within a minute, long enough to cost nothing.
            KeepAlive = json["keepAlive"].Duration(
                TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),

            // An outage shorter than this loses nothing that fits into the server's queues.
            Lifetime = json["lifetime"].Duration(
                TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10), TimeSpan.FromHours(2)),

            // A thousand reads a second for ten thousand tags at rest; coverage is known to half a minute.
            ConfirmInterval = json["confirmInterval"].Duration(
                TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Backfill = json["backfill"].Flag(true),
            AcceptExpired = json["acceptExpired"].Flag(false),
            AcceptHostName = json["acceptHostName"].Flag(false),
            AcceptRevocationUnknown = json["acceptRevocationUnknown"].Flag(false),
        };
        CheckPassword(json, config);
        if (config.Lifetime < config.KeepAlive * KeepAlivesInLifetime)
        {
            json["lifetime"].Error(
                ($"（{DurationText.Format(config.Lifetime)}）不到 keepAlive 的 {KeepAlivesInLifetime} 倍",
                    $"({DurationText.Format(config.Lifetime)}) is less than {KeepAlivesInLifetime} times keepAlive"),
                DurationText.Format(config.KeepAlive * KeepAlivesInLifetime));
        }

        Refuse(json, EndpointProtocol.OpcUa, ModbusEndpointConfig.OwnKeys);
        return config;
    }

    private static Uri ReadUrl(Field field)
    {
        var text = field.Line(example: ExampleUrl);
        if (text.Length == 0)
        {
            return Nowhere;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            field.Error(
                field.Not((" OPC UA 服务器的地址", "the URL of an OPC UA server")),
                field.Written(Uri.CheckHostName(text) == UriHostNameType.Unknown
                    ? ExampleUrl : $"{Scheme}://{text}:{DefaultPort}"));
            return Nowhere;
        }

        if (url.Scheme != Scheme)
        {
            field.Error(
                ($"用的是 {url.Scheme}，只支持 {Scheme}", $"uses {url.Scheme}; only {Scheme} is supported"),
                field.Written($"{Scheme}://{url.Host}:{DefaultPort}"));
            return Nowhere;
        }

        if (url.UserInfo.Length > 0)
        {
            field.Error(
                ("里有用户名或密码", "contains a user or password"),
                ("写在 identity 里：\"user\" 和 \"passwordFile\"", "write them in identity: \"user\" and \"passwordFile\""));
            return Nowhere;
        }

        return url.IsDefaultPort || url.Port <= 0 ? new UriBuilder(url) { Port = DefaultPort }.Uri : url;
    }

    // None is one decision: either word alone says it, and both must agree.
    private static (OpcUaPolicy Policy, OpcUaMode Mode) ReadSecurity(JsonSection json)
    {
        var (policyField, modeField) = (json["securityPolicy"], json["securityMode"]);
        var policy = OpcUaPolicies.Read(policyField);
        var mode = modeField.Choice(OpcUaMode.SignAndEncrypt, OpcUaModes.Words);
        if (mode == OpcUaMode.None && policyField.IsMissing)
        {
            policy = OpcUaPolicy.None;
        }
        else if (policy == OpcUaPolicy.None && modeField.IsMissing)
        {
            mode = OpcUaMode.None;
        }
        else if ((mode == OpcUaMode.None) != (policy == OpcUaPolicy.None))
        {
            modeField.Error(
                ($"（{OpcUaModes.Words.WordOf(mode)}）和 securityPolicy（{OpcUaPolicies.Words.WordOf(policy)}）矛盾",
                    $"({OpcUaModes.Words.WordOf(mode)}) contradicts securityPolicy " +
                    $"({OpcUaPolicies.Words.WordOf(policy)})"),
                ("两个都删除（最安全），或两个都写 None", "remove both, which is safest, or make both None"));
        }

        if (mode != OpcUaMode.SignAndEncrypt)
        {
            (modeField.IsMissing ? policyField : modeField).Warn(
                mode == OpcUaMode.None
                    ? ("：数据不加密不签名，任何人都能看到和篡改", "leaves the data open to be read and changed by anyone on the network")
                    : (Bilingual)("：数据只签名不加密，任何人都能看到", "signs the data but leaves it open to be read"),
                ("服务器支持加密时删除这一项", "remove it if the server can encrypt"));
        }

        return (policy, mode);
    }

    private static void CheckPassword(JsonSection json, OpcUaEndpointConfig config)
    {
        if (config.Mode != OpcUaMode.None || config.Identity.User is null)
        {
            return;
        }

        json.Section("identity")!["user"].Error(
            ("：None 下密码会被任何人看到，所以不发送", "has a password, which None would show to anyone, so it is never sent"),
            ("删除 securityMode 和 securityPolicy 以加密，或删除 identity",
                "remove securityMode and securityPolicy to encrypt, or remove identity"));
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What a small server is like. It listens on loopback: it is for simulation and tests.</summary>
public sealed record ServerSettings
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>The path of the endpoint URL, with its slash.</summary>
    public string Path { get; init; } = "/";

    public string ApplicationUri { get; init; } = "urn:edgeagent:simulator";

    public string ApplicationName { get; init; } = "EdgeAgent simulator";

    /// <summary>The endpoints in the order in which GetEndpoints gives them.</summary>
    public IReadOnlyList<EndpointSecurity> Endpoints { get; init; } = EndpointSecurity.All;

    public bool AllowsAnonymous { get; init; } = true;

    /// <summary>Names and passwords; empty: no user name is taken.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a user's certificate is taken; null: X.509 users are not offered.</summary>
    public Func<X509Certificate2, bool>? AcceptsUserCertificate { get; init; }

    /// <summary>Whether a client's application certificate is taken; null: every one is.</summary>
    public Func<X509Certificate2, bool>? AcceptsClientCertificate { get; init; }

    /// <summary>With its private key; null: one is made, valid for a year, that nobody trusts yet.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The issuers of <see cref="Certificate"/>, to be sent with it.</summary>
    public IReadOnlyList<byte[]> CertificateIssuers { get; init; } = [];

    public ServerLimits Limits { get; init; } = new();
}

/// <summary>A policy and a mode that a server offers together.</summary>
public sealed record EndpointSecurity(SecurityPolicy Policy, MessageSecurityMode Mode)
{
    public static readonly EndpointSecurity None = new(SecurityPolicy.None, MessageSecurityMode.None);

    /// <summary>None, and each policy with each mode.</summary>
    public static IReadOnlyList<EndpointSecurity> All { get; } =
    [
        None,
        .. SecurityPolicy.All.Where(policy => policy.IsSecure).SelectMany(policy => new EndpointSecurity[]
        {
            new(policy, MessageSecurityMode.Sign),
            new(policy, MessageSecurityMode.SignAndEncrypt),
        }),
    ];
}

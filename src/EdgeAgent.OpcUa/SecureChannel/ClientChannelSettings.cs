using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>How a client opens a channel.</summary>
public sealed record ClientChannelSettings
{
    /// <summary>opc.tcp://host:port/path; sent to the server as written.</summary>
    public required Uri EndpointUrl { get; init; }

    public SecurityPolicy Policy { get; init; } = SecurityPolicy.None;

    public MessageSecurityMode Mode { get; init; } = MessageSecurityMode.None;

    /// <summary>The own certificate with its private key; needed unless the mode is None.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The issuers of the own certificate, in order; the own certificate itself may come first.</summary>
    public IReadOnlyList<byte[]> Chain { get; init; } = [];

    /// <summary>
    /// The server's certificate in DER, already validated and trusted; needed unless the mode is None. Issuers may
    /// follow it. The server has to prove that it owns it.
    /// </summary>
    public byte[]? ServerCertificate { get; init; }

    public TransportLimits Limits { get; init; } = new();

    public DecodingLimits Decoding { get; init; } = DecodingLimits.Default;

    /// <summary>How long one set of keys shall last; it is renewed at three quarters.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For connection, Hello and OpenSecureChannel together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests without an answer at a time: some for Publish, the rest for everything else.</summary>
    public int MaxPending { get; init; } = 256;

    /// <exception cref="OpcUaException">Policy, mode and certificates do not fit together.</exception>
    internal void Check()
    {
        Limits.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPending, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Lifetime, TokenLifetime.Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lifetime, TokenLifetime.Longest);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        if (Mode is not (MessageSecurityMode.None or MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt)
            || Mode != MessageSecurityMode.None != Policy.IsSecure)
        {
            throw new OpcUaException(
                StatusCodes.BadSecurityModeRejected, $"The mode {Mode} does not go with the policy {Policy}.");
        }

        if (Policy.IsSecure && Certificate is not { HasPrivateKey: true })
        {
            throw new OpcUaException(
                StatusCodes.BadNoValidCertificates,
                $"The policy {Policy} needs an own certificate with its private key.");
        }

        if (Policy.IsSecure && ServerCertificate is null)
        {
            throw new OpcUaException(
                StatusCodes.BadNoValidCertificates,
                $"The policy {Policy} needs the server's certificate; ask the server for its endpoints first.");
        }
    }

    internal OpenSecurity OpenSecurity()
    {
        if (!Policy.IsSecure)
        {
            return SecureChannel.OpenSecurity.None;
        }

        var own = Certificate!;
        var issuers = Chain.Where(certificate => !certificate.AsSpan().SequenceEqual(own.RawDataMemory.Span)).ToList();
        return SecureChannel.OpenSecurity.Of(Policy, own, issuers, ServerCertificate);
    }
}

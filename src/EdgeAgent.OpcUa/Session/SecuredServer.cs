using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>One server with the endpoint that is used there: opens channels to it and does what needs a key.</summary>
internal sealed class SecuredServer
{
    // Part 4, 5.7.2: at least 32 bytes.
    private const int NonceLength = 32;

    private readonly OwnCertificate _own;
    private readonly CertificateValidator _validator;

    // The chain as announced, and its first certificate; null where the channel has no security.
    private readonly byte[]? _chain;
    private readonly byte[]? _leaf;

    /// <exception cref="OpcUaException">
    /// The endpoint is to be secured and has no certificate that can be read.
    /// </exception>
    public SecuredServer(
        ConnectSettings settings,
        ChosenEndpoint chosen,
        IReadOnlyList<EndpointDescription> discovered,
        OwnCertificate own,
        CertificateValidator validator,
        TimeProvider clock)
    {
        (Settings, Chosen, Discovered, Clock) = (settings, chosen, discovered, clock);
        (_own, _validator) = (own, validator);
        Url = UrlOf(OpcUaConnector.WithPort(settings.Url), chosen.Endpoint.EndpointUrl);
        _chain = chosen.Endpoint.ServerCertificate;
        _leaf = _chain is { Length: > 0 } ? LeafOf(_chain) : null;
        if (_leaf is null && Policy.IsSecure)
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, $"The server at {Url} offers {Policy} without a certificate.");
        }
    }

    public ConnectSettings Settings { get; }

    public ChosenEndpoint Chosen { get; }

    public IReadOnlyList<EndpointDescription> Discovered { get; }

    public TimeProvider Clock { get; }

    public SecurityPolicy Policy => Chosen.Policy;

    /// <summary>
    /// Where the connection goes to: host and port as the user wrote them, because many servers announce a name that
    /// only their own network knows; the path as the server announced it.
    /// </summary>
    public Uri Url { get; }

    public string ApplicationUri => _own.ApplicationUri;

    /// <summary>What was wrong with the server's certificate and set aside by a rule, at the last opening.</summary>
    public IReadOnlyList<SuppressedError> Suppressed { get; private set; } = [];

    /// <summary>Trusts the server anew and opens a channel.</summary>
    /// <exception cref="OpcUaException">It is not trusted, or cannot be reached.</exception>
    public Task<ClientChannel> OpenChannelAsync(CancellationToken cancellationToken)
    {
        if (Policy.IsSecure)
        {
            var expected = Chosen.Endpoint.Server.ApplicationUri;
            var expectation = CertificateExpectation.OfServer(Settings.Url.Host, expected) with
            {
                MinKeyBits = Policy.MinKeyLength,
                MaxKeyBits = Policy.MaxKeyLength,
            };
            var verdict = _validator.Validate(_chain, expectation);
            verdict.ThrowIfBad();
            Suppressed = verdict.Suppressed;
        }

        var settings = new ClientChannelSettings
        {
            EndpointUrl = Url,
            Policy = Policy,
            Mode = Chosen.Endpoint.SecurityMode,
            Certificate = Policy.IsSecure ? _own.WithKey : null,
            Chain = Policy.IsSecure ? _own.Chain : [],
            ServerCertificate = Policy.IsSecure ? _chain : null,
            Limits = Settings.Transport,
            Decoding = Settings.Decoding,
            Lifetime = Settings.ChannelLifetime,
            ConnectTimeout = Settings.ConnectTimeout,
        };
        return ClientChannel.OpenAsync(settings, Clock, cancellationToken);
    }

    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceLength);

    /// <summary>
    /// What CreateSession says; null without security, where a certificate would only tell who we are.
    /// </summary>
    public byte[]? ClientCertificate => Policy.IsSecure ? [.. _own.Chain.SelectMany(certificate => certificate)] : null;

    /// <summary>Judges what CreateSession answers (Part 4, 5.7.2).</summary>
    /// <exception cref="OpcUaException">
    /// The server is not the one of the channel, or the list was changed on its way.
    /// </exception>
    public void Check(CreateSessionResponse response, byte[] clientNonce)
    {
        if (Policy.IsSecure)
        {
            CheckCertificate(response.ServerCertificate);
            CheckSignature(response.ServerSignature, clientNonce);
        }

        CheckNonce(response.ServerNonce);
        EndpointComparison.Check(Discovered, response.ServerEndpoints, Chosen.Endpoint);
    }

    /// <exception cref="OpcUaException">It is too short to be a secret, or not random at all.</exception>
    public void CheckNonce(byte[]? nonce)
    {
        var isNeeded = Policy.IsSecure || Chosen.TokenPolicy.IsSecure;
        if (isNeeded && (nonce is null || nonce.Length < NonceLength || !nonce.AsSpan().ContainsAnyExcept((byte)0)))
        {
            throw new OpcUaException(
                StatusCodes.BadNonceInvalid,
                $"The server has sent a nonce of {nonce?.Length ?? 0} bytes that protects nothing; at least "
                + $"{NonceLength} random bytes are needed.");
        }
    }

    /// <summary>The proof that we own the certificate of the channel; empty without security.</summary>
    public SignatureData Sign(byte[]? serverNonce)
    {
        if (!Policy.IsSecure)
        {
            return new();
        }

        using var key = _own.WithKey.GetRSAPrivateKey()!;
        return UserTokens.Sign(Policy, key, _leaf, serverNonce);
    }

    public (Binary.ExtensionObject Token, SignatureData Signature) UserToken(byte[]? serverNonce) =>
        UserTokens.Build(Chosen, Settings.Identity, _leaf, serverNonce);

    public string UserForPeople => Settings.Identity switch
    {
        UserIdentity.UserNameIdentity user => $"the user \"{user.Name}\" with this password",
        UserIdentity.CertificateIdentity user => $"the user with the certificate {user.WithKey.Subject}",
        _ => "anonymous users",
    };

    internal static Uri UrlOf(Uri written, string? announced) =>
        written.AbsolutePath.Length <= 1 && Uri.TryCreate(announced, UriKind.Absolute, out var endpoint)
            && endpoint.AbsolutePath.Length > 1
            ? new UriBuilder(written) { Path = endpoint.AbsolutePath }.Uri
            : written;

    private void CheckCertificate(byte[]? chain)
    {
        if (chain is not { Length: > 0 } || !LeafOf(chain).AsSpan().SequenceEqual(_leaf))
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid,
                "The session's server certificate is not that of the channel: somebody stands in between, or the "
                + "server has just been given another certificate.");
        }
    }

    // Other stacks sign the certificate alone or, where they got a chain, all of it; both prove the same.
    private void CheckSignature(SignatureData signature, byte[] clientNonce)
    {
        using var certificate = UserTokens.Load(_leaf);
        using var key = UserTokens.KeyOf(certificate);
        var isGood = signature.Algorithm == Policy.SignatureAlgorithmUri && signature.Signature is { } bytes
            && (Policy.Verify(key, [.. _own.Leaf.Der.Span, .. clientNonce], bytes)
                || Policy.Verify(key, [.. ClientCertificate!, .. clientNonce], bytes));
        if (!isGood)
        {
            throw new OpcUaException(
                StatusCodes.BadApplicationSignatureInvalid,
                "The server's signature over our nonce is wrong: it has not proved that it owns its certificate.");
        }
    }

    private static byte[] LeafOf(byte[] chain) =>
        Certificate.TryReadChain(chain, out var fault) is [var leaf, ..]
            ? leaf.Der.ToArray()
            : throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, $"The server's certificate cannot be read: {fault.TrimEnd('.')}.");
}

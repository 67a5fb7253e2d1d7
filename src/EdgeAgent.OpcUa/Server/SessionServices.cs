using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Discovery and the life of sessions (Part 4, 5.4 and 5.6).</summary>
internal sealed class SessionServices(ServerState state, PublishServices publishing)
{
    // Part 4, 5.6.2.2: "a random number ... at least 32 bytes"; also the length of the secret token.
    private const int NonceLength = 32;

    public FindServersResponse FindServers(FindServersRequest request) => new()
    {
        Servers = request.ServerUris.Count == 0 || request.ServerUris.Contains(state.Settings.ApplicationUri)
            ? [EndpointList.Application(state)]
            : [],
    };

    public GetEndpointsResponse GetEndpoints() => new() { Endpoints = EndpointList.Of(state) };

    public CreateSessionResponse Create(IServerConnection connection, CreateSessionRequest request)
    {
        if (state.Sessions.Count >= state.Limits.Sessions)
        {
            throw new OpcUaException(
                StatusCodes.BadTooManySessions, $"There are {state.Sessions.Count} sessions already.");
        }

        var security = connection.Security;
        if (!state.Settings.Endpoints.Contains(new(security.Policy, security.Mode)))
        {
            // Anyone may ask for the endpoints; a session needs one of them.
            throw new OpcUaException(
                StatusCodes.BadSecurityModeRejected, $"{security.Policy} with {security.Mode} is not offered.");
        }

        if (security.Policy.IsSecure)
        {
            CheckClient(security, request);
        }

        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(
            request.RequestedSessionTimeout,
            state.Limits.ShortestSessionTimeout.TotalMilliseconds,
            state.Limits.LongestSessionTimeout.TotalMilliseconds));
        var session = new ServerSession(
            new(0, Guid.NewGuid()), new(0, RandomNumberGenerator.GetBytes(NonceLength)), connection)
        {
            Name = request.SessionName,
            ClientCertificate = security.ClientCertificate,
            Timeout = timeout.Ticks,
            MaxResponseBytes = request.MaxResponseMessageSize,
            Nonce = RandomNumberGenerator.GetBytes(NonceLength),
            LastUsed = state.Clock.Elapsed,
        };
        state.Sessions.Add(session.Token, session);
        return new()
        {
            SessionId = session.Id,
            AuthenticationToken = session.Token,
            RevisedSessionTimeout = timeout.TotalMilliseconds,
            ServerNonce = session.Nonce,
            ServerCertificate = security.Own.RawData, // Also under None: passwords are encrypted with it.
            ServerEndpoints = EndpointList.Of(state),
            ServerSignature = Sign(security, request),
            MaxRequestMessageSize = (uint)state.Limits.Transport.MessageBytes,
        };
    }

    public ActivateSessionResponse Activate(
        ServerSession session, IServerConnection connection, ActivateSessionRequest request)
    {
        var security = connection.Security;
        if (session.Connection != connection
            && (session.User is null || !session.ClientCertificate.AsSpan().SequenceEqual(security.ClientCertificate)))
        {
            // Part 4, 5.6.3.1: only an active session moves to another channel, and only to one of the same client.
            throw new OpcUaException(StatusCodes.BadSecureChannelIdInvalid, "The session belongs to another channel.");
        }

        if (security.Policy.IsSecure)
        {
            CheckSignature(session, security, request.ClientSignature);
        }

        var before = session.Connection;
        session.Connection = connection;
        try
        {
            var user = UserIdentities.Check(state, session, request);
            if (session.User is not null && session.User != user)
            {
                throw new OpcUaException(StatusCodes.BadIdentityChangeNotSupported, "The session is another user's.");
            }

            session.User = user;
        }
        catch (OpcUaException)
        {
            session.Connection = before;
            throw;
        }

        if (before != connection)
        {
            session.Publishes.Clear(); // Their answers would go to a channel that is gone.
        }

        session.Nonce = RandomNumberGenerator.GetBytes(NonceLength);
        return new() { ServerNonce = session.Nonce };
    }

    public CloseSessionResponse Close(ServerSession session, CloseSessionRequest request)
    {
        publishing.RefuseAll(session, StatusCodes.BadSessionClosed);
        if (request.DeleteSubscriptions)
        {
            foreach (var subscription in session.Subscriptions.ToArray())
            {
                state.Remove(subscription);
            }
        }

        state.Remove(session);
        return new();
    }

    private static void CheckClient(ChannelSecurity security, CreateSessionRequest request)
    {
        if (!OpenSecurity.Leaf(request.ClientCertificate).SequenceEqual(security.ClientCertificate))
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, "The session's certificate is not that of its channel.");
        }

        if (request.ClientNonce is null || request.ClientNonce.Length < NonceLength)
        {
            throw new OpcUaException(StatusCodes.BadNonceInvalid, $"The nonce has fewer than {NonceLength} bytes.");
        }

        if (Certificate.TryRead(security.ClientCertificate, out _) is not { } certificate
            || !certificate.ApplicationUris.Contains(request.ClientDescription.ApplicationUri))
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateUriInvalid,
                $"The certificate is not of the application {request.ClientDescription.ApplicationUri}.");
        }
    }

    private static SignatureData Sign(ChannelSecurity security, CreateSessionRequest request)
    {
        if (!security.Policy.IsSecure)
        {
            return new();
        }

        using var key = security.Own.GetRSAPrivateKey()!;
        return new()
        {
            Algorithm = security.Policy.SignatureAlgorithmUri,
            Signature = security.Policy.Sign(key, [.. request.ClientCertificate!, .. request.ClientNonce!]),
        };
    }

    private static void CheckSignature(ServerSession session, ChannelSecurity security, SignatureData signature)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(security.ClientCertificate);
        using var key = certificate.GetRSAPublicKey()!;
        if (!security.Policy.Verify(key, [.. security.Own.RawData, .. session.Nonce], signature.Signature ?? []))
        {
            throw new OpcUaException(
                StatusCodes.BadApplicationSignatureInvalid, "The client's signature does not fit its certificate.");
        }
    }
}

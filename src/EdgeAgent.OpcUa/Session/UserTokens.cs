using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Builds what ActivateSession says about the user (Part 4, 7.41).</summary>
internal static class UserTokens
{
    /// <param name="chosen">Whose token policy says how.</param>
    /// <param name="identity">Of the type of that policy.</param>
    /// <param name="serverCertificate">
    /// DER of the server's own certificate; null only where nothing has to be encrypted.
    /// </param>
    /// <param name="serverNonce">The last one that the server has sent.</param>
    public static (ExtensionObject Token, SignatureData Signature) Build(
        ChosenEndpoint chosen, UserIdentity identity, byte[]? serverCertificate, byte[]? serverNonce) => identity switch
        {
            UserIdentity.UserNameIdentity user => (UserName(chosen, user, serverCertificate, serverNonce), new()),
            UserIdentity.CertificateIdentity user => Certificate(chosen, user, serverCertificate, serverNonce),
            _ => (ExtensionObject.Of(new AnonymousIdentityToken { PolicyId = chosen.Token.PolicyId }), new()),
        };

    private static ExtensionObject UserName(
        ChosenEndpoint chosen, UserIdentity.UserNameIdentity user, byte[]? serverCertificate, byte[]? serverNonce)
    {
        if (!chosen.TokenPolicy.IsSecure)
        {
            // The choice of the endpoint sees to it that this goes through an encrypted channel.
            return ExtensionObject.Of(new UserNameIdentityToken
            {
                PolicyId = chosen.Token.PolicyId,
                UserName = user.Name,
                Password = user.Password,
            });
        }

        using var certificate = Load(serverCertificate);
        using var key = KeyOf(certificate);
        return ExtensionObject.Of(new UserNameIdentityToken
        {
            PolicyId = chosen.Token.PolicyId,
            UserName = user.Name,
            Password = UserTokenSecret.Encrypt(chosen.TokenPolicy, key, user.Password, serverNonce),
            EncryptionAlgorithm = chosen.TokenPolicy.EncryptionAlgorithmUri,
        });
    }

    private static (ExtensionObject Token, SignatureData Signature) Certificate(
        ChosenEndpoint chosen, UserIdentity.CertificateIdentity user, byte[]? serverCertificate, byte[]? serverNonce)
    {
        using var key = user.WithKey.GetRSAPrivateKey() ?? throw new OpcUaException(
            StatusCodes.BadIdentityTokenInvalid, "The user's certificate has no RSA private key; give its key file.");
        var token = ExtensionObject.Of(new X509IdentityToken
        {
            PolicyId = chosen.Token.PolicyId,
            CertificateData = user.WithKey.RawData,
        });
        return (token, Sign(chosen.TokenPolicy, key, serverCertificate, serverNonce));
    }

    /// <summary>
    /// A signature over what the peer has sent: its certificate and behind it its nonce (Part 4, 7.36).
    /// </summary>
    public static SignatureData Sign(SecurityPolicy policy, RSA key, byte[]? certificate, byte[]? nonce) => new()
    {
        Algorithm = policy.SignatureAlgorithmUri,
        Signature = policy.Sign(key, [.. certificate ?? [], .. nonce ?? []]),
    };

    /// <exception cref="OpcUaException">There is none, or it cannot be read.</exception>
    public static X509Certificate2 Load(byte[]? der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der ?? []);
        }
        catch (CryptographicException error)
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, "The server has sent no certificate that can be read.", error);
        }
    }

    /// <exception cref="OpcUaException">It has none of RSA.</exception>
    public static RSA KeyOf(X509Certificate2 certificate) => certificate.GetRSAPublicKey()
        ?? throw new OpcUaException(StatusCodes.BadCertificateInvalid, "The server's certificate has no RSA key.");
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Who a user is and whether that is true (Part 4, 7.41).</summary>
internal static class UserIdentities
{
    // Part 4, 7.41.2.2: the length of password and nonce stands before them.
    private const int SecretLength = sizeof(uint);

    /// <returns>A text that tells users apart.</returns>
    /// <exception cref="OpcUaException">
    /// BadIdentityTokenInvalid, BadIdentityTokenRejected or BadUserAccessDenied.
    /// </exception>
    public static string Check(ServerState state, ServerSession session, ActivateSessionRequest request)
    {
        var limits = state.Limits.Decoding;
        var token = request.UserIdentityToken;
        if (token.Encoding == ExtensionObjectBody.None || token.As<AnonymousIdentityToken>(limits) is not null)
        {
            return state.Settings.AllowsAnonymous
                ? "anonymous"
                : throw new OpcUaException(StatusCodes.BadIdentityTokenRejected, "Anonymous users are not taken.");
        }

        return token.As<UserNameIdentityToken>(limits) is { } user ? CheckUserName(state, session, user)
            : token.As<X509IdentityToken>(limits) is { } x509
                ? CheckCertificate(state, session, x509, request.UserTokenSignature)
            : throw Invalid($"A token of type {token.TypeId} is not known.");
    }

    private static string CheckUserName(ServerState state, ServerSession session, UserNameIdentityToken token)
    {
        var password = Decrypt(state, session, token);
        var known = token.UserName is not null && state.Settings.Users.TryGetValue(token.UserName, out var expected)
            && CryptographicOperations.FixedTimeEquals(password, Encoding.UTF8.GetBytes(expected));
        return known
            ? $"user {token.UserName}"
            : throw new OpcUaException(StatusCodes.BadUserAccessDenied, "The name or the password is wrong.");
    }

    private static byte[] Decrypt(ServerState state, ServerSession session, UserNameIdentityToken token)
    {
        var secret = token.Password ?? [];
        if (string.IsNullOrEmpty(token.EncryptionAlgorithm))
        {
            // Only under a policy that encrypts the message may a password stand in it as it is.
            return session.Connection!.Security.Mode == MessageSecurityMode.SignAndEncrypt
                ? secret
                : throw Invalid("The password is not encrypted.");
        }

        var policy = SecurityPolicy.All.FirstOrDefault(
            known => known.IsSecure && known.EncryptionAlgorithmUri == token.EncryptionAlgorithm)
            ?? throw Invalid($"The algorithm {token.EncryptionAlgorithm} is not known.");
        using var key = session.Connection!.Security.Own.GetRSAPrivateKey()!;
        byte[] plain;
        try
        {
            plain = policy.Decrypt(key, secret);
        }
        catch (OpcUaException failure)
        {
            throw new OpcUaException(StatusCodes.BadIdentityTokenInvalid, "The password cannot be decrypted.", failure);
        }

        var end = plain.Length - session.Nonce.Length;
        return end >= SecretLength && plain.AsSpan(end).SequenceEqual(session.Nonce)
            ? plain[SecretLength..end]
            : throw Invalid("The password is not bound to the server's nonce.");
    }

    private static string CheckCertificate(
        ServerState state, ServerSession session, X509IdentityToken token, SignatureData signature)
    {
        if (state.Settings.AcceptsUserCertificate is not { } accepts)
        {
            throw new OpcUaException(StatusCodes.BadIdentityTokenRejected, "X.509 users are not taken.");
        }

        var security = session.Connection!.Security;
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(token.CertificateData ?? []);
        }
        catch (CryptographicException failure)
        {
            throw new OpcUaException(
                StatusCodes.BadIdentityTokenInvalid, "The user's certificate is not in DER.", failure);
        }

        using (certificate)
        {
            var policy = security.Policy.IsSecure ? security.Policy : SecurityPolicy.Basic256Sha256;
            using var key = certificate.GetRSAPublicKey();
            if (key is null
                || !policy.Verify(key, [.. security.Own.RawData, .. session.Nonce], signature.Signature ?? []))
            {
                throw new OpcUaException(
                    StatusCodes.BadUserSignatureInvalid, "The user's signature does not fit the certificate.");
            }

            return accepts(certificate)
                ? $"certificate {certificate.Thumbprint}"
                : throw new OpcUaException(
                    StatusCodes.BadIdentityTokenRejected, "The user's certificate is not taken.");
        }
    }

    private static OpcUaException Invalid(string message) => new(StatusCodes.BadIdentityTokenInvalid, message);
}

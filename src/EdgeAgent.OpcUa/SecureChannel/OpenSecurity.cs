using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>The certificates and RSA keys with which one side opens and renews a channel.</summary>
internal sealed class OpenSecurity : IDisposable
{
    private OpenSecurity(SecurityPolicy policy) => Policy = policy;

    /// <summary>Nothing is signed or encrypted.</summary>
    public static OpenSecurity None { get; } = new(SecurityPolicy.None);

    public SecurityPolicy Policy { get; }

    /// <summary>What goes into the header: the own certificate, then its issuers.</summary>
    public byte[] OwnChain { get; private init; } = [];

    public byte[] OwnThumbprint { get; private init; } = [];

    public RSA? OwnKey { get; private init; }

    /// <summary>The peer's own certificate, without issuers.</summary>
    public byte[] PeerCertificate { get; private init; } = [];

    public byte[] PeerThumbprint { get; private init; } = [];

    public RSA? PeerKey { get; private init; }

    /// <param name="own">With its private key.</param>
    /// <param name="issuers">The issuers of <paramref name="own"/> in order, to be sent with it; may be empty.</param>
    /// <param name="peer">One certificate or a chain, the peer's first. It is not validated here.</param>
    /// <exception cref="OpcUaException">A certificate has no RSA key of the length that the policy asks
    /// for.</exception>
    public static OpenSecurity Of(
        SecurityPolicy policy, X509Certificate2 own, IReadOnlyList<byte[]> issuers, ReadOnlySpan<byte> peer)
    {
        if (!policy.IsSecure)
        {
            return None;
        }

        var leaf = Leaf(peer).ToArray();
        using var peerCertificate = Load(leaf);
        var security = new OpenSecurity(policy)
        {
            OwnChain = [.. own.RawData, .. issuers.SelectMany(issuer => issuer)],
            OwnThumbprint = Thumbprint(own.RawData),
            OwnKey = own.GetRSAPrivateKey(),
            PeerCertificate = leaf,
            PeerThumbprint = Thumbprint(leaf),
            PeerKey = peerCertificate.GetRSAPublicKey(),
        };
        try
        {
            CheckKey(policy, security.OwnKey, "own", own.Subject);
            CheckKey(policy, security.PeerKey, "peer's", peerCertificate.Subject);
            return security;
        }
        catch
        {
            security.Dispose();
            throw;
        }
    }

    /// <summary>The first certificate of a chain of DER certificates.</summary>
    public static ReadOnlySpan<byte> Leaf(ReadOnlySpan<byte> chain)
    {
        // X.690, 8.1: a certificate is one SEQUENCE, so its length says where the next one begins.
        if (AsnDecoder.TryReadEncodedValue(chain, AsnEncodingRules.DER, out var tag, out _, out _, out var length)
            && tag == Asn1Tag.Sequence)
        {
            return chain[..length];
        }

        throw new OpcUaException(StatusCodes.BadCertificateInvalid, "The peer's certificate is not in DER.");
    }

    public void Dispose()
    {
        OwnKey?.Dispose();
        PeerKey?.Dispose();
    }

    private static X509Certificate2 Load(byte[] der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException failure)
        {
            throw new OpcUaException(
                StatusCodes.BadCertificateInvalid, "The peer's certificate cannot be decoded.", failure);
        }
    }

    private static void CheckKey(SecurityPolicy policy, RSA? key, string whose, string subject)
    {
        if (key is null || key.KeySize < policy.MinKeyLength || key.KeySize > policy.MaxKeyLength)
        {
            var found = key is null ? "no RSA key" : $"an RSA key of {key.KeySize} bits";
            throw new OpcUaException(
                StatusCodes.BadCertificatePolicyCheckFailed,
                $"The {whose} certificate ({subject}) has {found}; {policy} needs {policy.MinKeyLength} to "
                + $"{policy.MaxKeyLength} bits.");
        }
    }

#pragma warning disable CA5350 // Part 6 names certificates by their SHA-1; nothing is protected by it.
    private static byte[] Thumbprint(ReadOnlySpan<byte> certificate) => SHA1.HashData(certificate);
#pragma warning restore CA5350
}

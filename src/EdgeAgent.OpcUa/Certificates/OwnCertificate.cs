using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>This application's certificate with its private key.</summary>
public sealed class OwnCertificate : IDisposable
{
    /// <summary>How long before its end people should be told; servers have to be visited one by one.</summary>
    public static readonly TimeSpan RenewalNotice = TimeSpan.FromDays(90);

    internal OwnCertificate(Certificate leaf, X509Certificate2 withKey, IReadOnlyList<byte[]> chain)
    {
        Leaf = leaf;
        WithKey = withKey;
        Chain = chain;
    }

    /// <summary>What is in it.</summary>
    public Certificate Leaf { get; }

    /// <summary>For signing and decrypting.</summary>
    public X509Certificate2 WithKey { get; }

    /// <summary>DER: the certificate, then the CAs above it as far as they lie in own/certs.</summary>
    public IReadOnlyList<byte[]> Chain { get; }

    /// <summary>The URI that the application has to call itself by.</summary>
    public string ApplicationUri => Leaf.ApplicationUri!;

    /// <summary>Negative once it has ended.</summary>
    public TimeSpan Remaining(DateTimeOffset now) => Leaf.NotAfter - now;

    public bool IsRenewalDue(DateTimeOffset now) => Remaining(now) < RenewalNotice;

    public void Dispose() => WithKey.Dispose();
}

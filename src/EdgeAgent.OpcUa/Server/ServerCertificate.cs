using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Makes certificates for servers that only live as long as a test or a demonstration.</summary>
public static class ServerCertificate
{
    /// <summary>Self-signed, RSA 2048, for loopback; with its private key.</summary>
    public static X509Certificate2 Make(ServerSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        var facts = new ApplicationFacts
        {
            ApplicationName = settings.ApplicationName,
            InstanceId = "server",
            ApplicationUri = settings.ApplicationUri,
            HostNames = ["localhost", settings.Address.ToString()],
        };
        using var key = RSA.Create(facts.KeyBits);
        using var certificate =
            X509CertificateLoader.LoadCertificate(OwnCertificateMaker.Make(facts, key, clock.GetUtcNow()));
        return certificate.CopyWithPrivateKey(key);
    }
}

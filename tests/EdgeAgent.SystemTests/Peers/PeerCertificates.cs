using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>A plant's own CA and what it has signed, as PEM files: name.crt and name.key (ECDSA P-256).</summary>
internal sealed class PeerCertificates
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly X509Certificate2 _ca;

    public PeerCertificates(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _ca = MakeCa("ca");
        MakeCa("other-ca");
    }

    public string Ca => Certificate("ca");

    public string Certificate(string name) => Path.Combine(_folder, name + ".crt");

    public string Key(string name) => Path.Combine(_folder, name + ".key");

    /// <summary>A certificate for localhost and 127.0.0.1.</summary>
    public void MakeServer(string name, bool expired = false, string host = "localhost")
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        Sign(name, host, ServerAuth, names.Build(), expired);
    }

    public void MakeClient(string name) => Sign(name, name, ClientAuth, null, expired: false);

    /// <summary>A client certificate that nobody has signed.</summary>
    public void MakeRogueClient(string file, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write(file, certificate.ExportCertificatePem(), key);
    }

    private X509Certificate2 MakeCa(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=EdgeAgent test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
        Write(name, certificate.ExportCertificatePem(), key);
        return certificate;
    }

    private void Sign(string file, string name, string usage, X509Extension? names, bool expired)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] &= 0x7F;
        using var certificate = request.Create(
            _ca, DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(expired ? -1 : 20), serial);
        Write(file, certificate.ExportCertificatePem(), key);
    }

    private void Write(string name, string pem, ECDsa key)
    {
        File.WriteAllText(Certificate(name), pem);
        File.WriteAllText(Key(name), key.ExportPkcs8PrivateKeyPem());
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>Self-signed certificates by key length, each made once: long keys take seconds.</summary>
internal static class TestCertificates
{
    private static readonly Dictionary<(string Name, int Bits), Lazy<X509Certificate2>> Made =
        new[] { "client", "server", "other" }
            .SelectMany(name => new[] { 1024, 2048, 3072, 4096 }.Select(bits => (name, bits)))
            .ToDictionary(key => key, key => new Lazy<X509Certificate2>(() => Make(key.name, key.bits)));

    // One key pair of each length is enough: no test depends on two being different.
    private static readonly Dictionary<int, Lazy<RSA>> Keys = new[] { 1024, 2048, 3072, 4096 }
        .ToDictionary(bits => bits, bits => new Lazy<RSA>(() => RSA.Create(bits)));

    public static X509Certificate2 Of(string name, int bits = 2048) => Made[(name, bits)].Value;

    private static X509Certificate2 Make(string name, int bits)
    {
        var request = new CertificateRequest(
            $"CN={name} {bits}", Keys[bits].Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}

using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>A certificate as a test wants it, right or wrong, written byte by byte.</summary>
internal sealed record TestCertificate
{
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private static readonly Asn1Tag Explicit0 = new(TagClass.ContextSpecific, 0, true);
    private static readonly Asn1Tag Explicit3 = new(TagClass.ContextSpecific, 3, true);

    public required string Name { get; init; }

    public required RSA Key { get; init; }

    public BigInteger Serial { get; init; } = 1000;

    public int Version { get; init; } = 2;

    public DateTimeOffset NotBefore { get; init; } = World.Now.AddYears(-1);

    public DateTimeOffset NotAfter { get; init; } = World.Now.AddYears(1);

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Another name for the algorithm than that of the hash.</summary>
    public string? Algorithm { get; init; }

    public string? InnerAlgorithm { get; init; }

    public bool IsPss { get; init; }

    public bool IsSignatureBroken { get; init; }

    public KeyUsages? Usage { get; init; }

    public bool IsUsageCritical { get; init; } = true;

    public string[]? Purposes { get; init; }

    public bool ArePurposesCritical { get; init; }

    public bool? IsCa { get; init; }

    public int? PathLength { get; init; }

    public string[] Uris { get; init; } = [];

    public string[] DnsNames { get; init; } = [];

    public string[] Addresses { get; init; } = [];

    public bool HasSubjectKeyId { get; init; } = true;

    public bool HasAuthorityKeyId { get; init; } = true;

    /// <summary>The name in the certificate, if it is to be another than <see cref="Name"/>.</summary>
    public string? Subject { get; init; }

    public string? Issuer { get; init; }

    public byte[]? PublicKeyInfo { get; init; }

    /// <summary>Extensions that come last: identifier, critical, value.</summary>
    public (string Id, bool IsCritical, byte[] Value)[] Extra { get; init; } = [];

    public byte[] SignedBy(TestCertificate issuer)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            var fields = Fields(issuer);
            der.WriteEncodedValue(fields);
            WriteAlgorithm(der, Algorithm);
            var signature = issuer.Key.SignData(
                fields, Hash, IsPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
            signature[100] ^= (byte)(IsSignatureBroken ? 1 : 0);
            der.WriteBitString(signature);
        }

        return der.Encode();
    }

    public static byte[] NameOf(string commonName)
    {
        var name = new AsnWriter(AsnEncodingRules.DER);
        using (name.PushSequence())
        {
            if (commonName.Length > 0)
            {
                using (name.PushSetOf())
                using (name.PushSequence())
                {
                    name.WriteObjectIdentifier("2.5.4.3");
                    name.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
                }
            }
        }

        return name.Encode();
    }

    /// <summary>RSA numbers as a public key, whether they are one or not.</summary>
    public static byte[] RsaInfo(byte[] modulus, byte[] exponent)
    {
        var numbers = new AsnWriter(AsnEncodingRules.DER);
        using (numbers.PushSequence())
        {
            numbers.WriteIntegerUnsigned(modulus);
            numbers.WriteIntegerUnsigned(exponent);
        }

        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                info.WriteNull();
            }

            info.WriteBitString(numbers.Encode());
        }

        return info.Encode();
    }

    internal static void WriteAlgorithm(AsnWriter der, HashAlgorithmName hash, bool isPss, string? algorithm)
    {
        var hashId = hash.Name switch
        {
            "SHA384" => "2.16.840.1.101.3.4.2.2",
            "SHA512" => "2.16.840.1.101.3.4.2.3",
            _ => "2.16.840.1.101.3.4.2.1",
        };
        using (der.PushSequence())
        {
            if (!isPss)
            {
                der.WriteObjectIdentifier(algorithm ?? hash.Name switch
                {
                    "MD5" => "1.2.840.113549.1.1.4",
                    "SHA1" => "1.2.840.113549.1.1.5",
                    "SHA384" => "1.2.840.113549.1.1.12",
                    "SHA512" => "1.2.840.113549.1.1.13",
                    _ => "1.2.840.113549.1.1.11",
                });
                der.WriteNull();
                return;
            }

            der.WriteObjectIdentifier("1.2.840.113549.1.1.10");
            using (der.PushSequence())
            {
                using (der.PushSequence(Explicit0))
                {
                    WriteIdentifier(der, hashId);
                }

                using (der.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1, true)))
                using (der.PushSequence())
                {
                    der.WriteObjectIdentifier("1.2.840.113549.1.1.8");
                    WriteIdentifier(der, hashId);
                }

                using (der.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2, true)))
                {
                    der.WriteInteger(hash.Name switch { "SHA384" => 48, "SHA512" => 64, _ => 32 });
                }
            }
        }
    }

    private static void WriteIdentifier(AsnWriter der, string id)
    {
        using (der.PushSequence())
        {
            der.WriteObjectIdentifier(id);
            der.WriteNull();
        }
    }

    private void WriteAlgorithm(AsnWriter der, string? algorithm) => WriteAlgorithm(der, Hash, IsPss, algorithm);

    private byte[] Fields(TestCertificate issuer)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            if (Version > 0)
            {
                using (der.PushSequence(Explicit0))
                {
                    der.WriteInteger(Version);
                }
            }

            der.WriteInteger(Serial);
            WriteAlgorithm(der, InnerAlgorithm ?? Algorithm);
            der.WriteEncodedValue(NameOf(Issuer ?? issuer.Subject ?? issuer.Name));
            using (der.PushSequence())
            {
                der.WriteUtcTime(NotBefore);
                der.WriteGeneralizedTime(NotAfter, omitFractionalSeconds: true);
            }

            der.WriteEncodedValue(NameOf(Subject ?? Name));
            der.WriteEncodedValue(PublicKeyInfo ?? Key.ExportSubjectPublicKeyInfo());
            WriteExtensions(der, issuer);
        }

        return der.Encode();
    }

    private void WriteExtensions(AsnWriter der, TestCertificate issuer)
    {
        var extensions = Extensions(issuer).ToList();
        if (extensions.Count == 0)
        {
            return;
        }

        using (der.PushSequence(Explicit3))
        using (der.PushSequence())
        {
            foreach (var (id, isCritical, value) in extensions)
            {
                using (der.PushSequence())
                {
                    der.WriteObjectIdentifier(id);
                    if (isCritical)
                    {
                        der.WriteBoolean(true);
                    }

                    der.WriteOctetString(value);
                }
            }
        }
    }

    private IEnumerable<(string Id, bool IsCritical, byte[] Value)> Extensions(TestCertificate issuer)
    {
        if (IsCa is { } isCa)
        {
            yield return ("2.5.29.19", true, Encode(der =>
            {
                using var sequence = der.PushSequence();
                if (isCa)
                {
                    der.WriteBoolean(true);
                }

                if (PathLength is { } length)
                {
                    der.WriteInteger(length);
                }
            }));
        }

        if (Usage is { } usage)
        {
            yield return ("2.5.29.15", IsUsageCritical, Encode(der => der.WriteNamedBitList(usage)));
        }

        if (Purposes is { } purposes)
        {
            yield return ("2.5.29.37", ArePurposesCritical, Encode(der =>
            {
                using var sequence = der.PushSequence();
                Array.ForEach(purposes, purpose => der.WriteObjectIdentifier(purpose));
            }));
        }

        if (Uris.Length + DnsNames.Length + Addresses.Length > 0)
        {
            yield return ("2.5.29.17", false, Encode(WriteAlternativeNames));
        }

        if (HasSubjectKeyId)
        {
            yield return ("2.5.29.14", false, Encode(der => der.WriteOctetString(KeyId(Key))));
        }

        if (HasAuthorityKeyId)
        {
            yield return ("2.5.29.35", false, Encode(der =>
            {
                using var sequence = der.PushSequence();
                der.WriteOctetString(KeyId(issuer.Key), new Asn1Tag(TagClass.ContextSpecific, 0));
            }));
        }

        foreach (var extra in Extra)
        {
            yield return extra;
        }
    }

    private void WriteAlternativeNames(AsnWriter der)
    {
        using var sequence = der.PushSequence();
        foreach (var uri in Uris)
        {
            der.WriteOctetString(Encoding.UTF8.GetBytes(uri), new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        foreach (var name in DnsNames)
        {
            der.WriteOctetString(Encoding.UTF8.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        foreach (var address in Addresses)
        {
            der.WriteOctetString(
                IPAddress.Parse(address).GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
        }
    }

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        write(der);
        return der.Encode();
    }

    private static byte[] KeyId(RSA key) => SHA256.HashData(key.ExportRSAPublicKey())[..20];
}

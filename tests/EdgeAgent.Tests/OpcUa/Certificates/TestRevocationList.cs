using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>A revocation list as a test wants it.</summary>
internal sealed record TestRevocationList
{
    public required TestCertificate Issuer { get; init; }

    public BigInteger[] Revoked { get; init; } = [];

    public DateTimeOffset ThisUpdate { get; init; } = World.Now.AddDays(-1);

    public DateTimeOffset? NextUpdate { get; init; } = World.Now.AddDays(6);

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public bool IsSignatureBroken { get; init; }

    /// <summary>Who signs, if it is not the issuer.</summary>
    public RSA? Signer { get; init; }

    /// <summary>A critical extension of the list, and one of each entry.</summary>
    public string? Critical { get; init; }

    public string? CriticalInEntry { get; init; }

    public byte[] Encode()
    {
        var fields = TestCertificate.Encode(WriteFields);
        return TestCertificate.Encode(der =>
        {
            using var whole = der.PushSequence();
            der.WriteEncodedValue(fields);
            TestCertificate.WriteAlgorithm(der, Hash, isPss: false, null);
            var signature = (Signer ?? Issuer.Key).SignData(fields, Hash, RSASignaturePadding.Pkcs1);
            signature[100] ^= (byte)(IsSignatureBroken ? 1 : 0);
            der.WriteBitString(signature);
        });
    }

    private void WriteFields(AsnWriter der)
    {
        using var fields = der.PushSequence();
        der.WriteInteger(1);
        TestCertificate.WriteAlgorithm(der, Hash, isPss: false, null);
        der.WriteEncodedValue(TestCertificate.NameOf(Issuer.Subject ?? Issuer.Name));
        der.WriteUtcTime(ThisUpdate);
        if (NextUpdate is { } next)
        {
            der.WriteUtcTime(next);
        }

        if (Revoked.Length > 0)
        {
            using var list = der.PushSequence();
            foreach (var serial in Revoked)
            {
                using var entry = der.PushSequence();
                der.WriteInteger(serial);
                der.WriteUtcTime(ThisUpdate);
                WriteCritical(der, CriticalInEntry);
            }
        }

        if (Critical is not null)
        {
            using var extensions = der.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true));
            WriteCritical(der, Critical);
        }
    }

    private static void WriteCritical(AsnWriter der, string? id)
    {
        if (id is not null)
        {
            using var list = der.PushSequence();
            using var extension = der.PushSequence();
            der.WriteObjectIdentifier(id);
            der.WriteBoolean(true);
            der.WriteOctetString([2, 1, 1]);
        }
    }
}

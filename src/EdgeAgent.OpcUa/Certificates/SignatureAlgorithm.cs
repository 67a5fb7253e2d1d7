using System.Formats.Asn1;
using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>How a certificate or a revocation list is signed.</summary>
internal sealed record SignatureAlgorithm
{
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    private static readonly Dictionary<string, (string Name, HashAlgorithmName Hash)> Pkcs1 = new()
    {
        ["1.2.840.113549.1.1.4"] = ("md5WithRSA", HashAlgorithmName.MD5),
        ["1.2.840.113549.1.1.5"] = ("sha1WithRSA", HashAlgorithmName.SHA1),
        ["1.2.840.113549.1.1.11"] = ("sha256WithRSA", HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = ("sha384WithRSA", HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = ("sha512WithRSA", HashAlgorithmName.SHA512),
    };

    private static readonly Dictionary<string, (HashAlgorithmName Hash, int Bytes)> Hashes = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = (HashAlgorithmName.SHA256, 32),
        ["2.16.840.1.101.3.4.2.2"] = (HashAlgorithmName.SHA384, 48),
        ["2.16.840.1.101.3.4.2.3"] = (HashAlgorithmName.SHA512, 64),
    };

    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding? _padding;

    private SignatureAlgorithm(string name, HashAlgorithmName hash, RSASignaturePadding? padding)
    {
        Name = name;
        _hash = hash;
        _padding = padding;
    }

    /// <summary>The usual name, or the object identifier of one that is not known here.</summary>
    public string Name { get; }

    /// <summary>Whether this code can check it. What cannot be checked is refused by the policy.</summary>
    public bool IsKnown => _padding is not null;

    /// <summary>
    /// RSA with SHA-256 or better, as every policy that is implemented demands (Part 7, CertificateSignatureAlgorithm).
    /// </summary>
    public bool IsStrong => IsKnown && _hash != HashAlgorithmName.MD5 && _hash != HashAlgorithmName.SHA1;

    // RFC 5280, 4.1.1.2
    //   AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }
    public static SignatureAlgorithm Read(AsnReader reader)
    {
        var identifier = reader.ReadSequence();
        var algorithm = identifier.ReadObjectIdentifier();
        ReadOnlyMemory<byte> parameters = identifier.HasData ? identifier.ReadEncodedValue() : default;
        identifier.ThrowIfNotEmpty();
        if (Pkcs1.TryGetValue(algorithm, out var known))
        {
            return new(known.Name, known.Hash, RSASignaturePadding.Pkcs1);
        }

        return algorithm == RsaPss ? ReadPss(parameters) : new(algorithm, default, null);
    }

    public bool Verify(RSA key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return key.VerifyData(data, signature, _hash, _padding!);
        }
        catch (CryptographicException)
        {
            // A key or hash that the platform refuses has not signed anything.
            return false;
        }
    }

    // RFC 4055, 3.1
    //   RSASSA-PSS-params ::= SEQUENCE { [0] hash, [1] mask { MGF1, hash }, [2] salt length, [3] trailer = 1 }
    // Only the usual form is known: one hash for both, and a salt as long as the hash.
    private static SignatureAlgorithm ReadPss(ReadOnlyMemory<byte> encoded)
    {
        var unknown = new SignatureAlgorithm(RsaPss, default, null);
        if (encoded.IsEmpty)
        {
            return unknown;
        }

        var parameters = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        string? hash = null;
        string? maskHash = null;
        var salt = 20;
        if (TryReadField(parameters, 0, out var field))
        {
            hash = field.ReadSequence().ReadObjectIdentifier();
        }

        if (TryReadField(parameters, 1, out field))
        {
            var mask = field.ReadSequence();
            maskHash = mask.ReadObjectIdentifier() == Mgf1 ? mask.ReadSequence().ReadObjectIdentifier() : null;
        }

        if (TryReadField(parameters, 2, out field) && !field.TryReadInt32(out salt))
        {
            return unknown;
        }

        if (TryReadField(parameters, 3, out field) && !(field.TryReadInt32(out var trailer) && trailer == 1))
        {
            return unknown;
        }

        parameters.ThrowIfNotEmpty();
        return hash is not null && hash == maskHash && Hashes.TryGetValue(hash, out var known) && salt == known.Bytes
            ? new($"RSASSA-PSS with {known.Hash.Name}", known.Hash, RSASignaturePadding.Pss)
            : unknown;
    }

    private static bool TryReadField(AsnReader parameters, int number, out AsnReader field)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number, isConstructed: true);
        var isThere = parameters.HasData && parameters.PeekTag().HasSameClassAndValue(tag);
        field = isThere ? parameters.ReadSequence(tag) : parameters;
        return isThere;
    }
}

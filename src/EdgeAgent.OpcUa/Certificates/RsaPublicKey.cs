using System.Formats.Asn1;
using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>The RSA key of a certificate; null in a certificate with another kind of key.</summary>
internal sealed class RsaPublicKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    // Of a UInt64: longer ones do not occur, and make every check of a signature slow.
    private const int MaxExponentBytes = 8;

    private readonly RSAParameters _parameters;

    private RsaPublicKey(RSAParameters parameters)
    {
        _parameters = parameters;
        var modulus = parameters.Modulus.AsSpan();
        Bits = modulus.Length == 0 ? 0 : (modulus.Length * 8) - (byte.LeadingZeroCount(modulus[0]));
    }

    /// <summary>Length of the modulus.</summary>
    public int Bits { get; }

    /// <summary>
    /// Whether it can be an RSA key at all: an odd modulus, and an odd exponent of at least 3. With an exponent of 1
    /// anyone could sign.
    /// </summary>
    public bool IsSound =>
        _parameters is { Modulus: [.., var low], Exponent: { Length: > 0 and <= MaxExponentBytes } exponent }
        && (low & 1) == 1
        && (exponent[^1] & 1) == 1
        && (exponent.Length > 1 || exponent[0] >= 3);

    // RFC 5280, 4.1.2.7 and RFC 8017, A.1.1
    //   SubjectPublicKeyInfo ::= SEQUENCE { AlgorithmIdentifier, BIT STRING }
    //   RSAPublicKey         ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }     in the bit string
    public static RsaPublicKey? Read(AsnReader reader)
    {
        var info = reader.ReadSequence();
        var algorithm = info.ReadSequence().ReadObjectIdentifier();
        var bits = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        if (algorithm != RsaEncryption)
        {
            return null;
        }

        if (unused != 0)
        {
            throw new AsnContentException("the public key does not end with a whole byte");
        }

        var key = new AsnReader(bits, AsnEncodingRules.DER);
        var numbers = key.ReadSequence();
        key.ThrowIfNotEmpty();
        var modulus = Positive(numbers.ReadIntegerBytes());
        var exponent = Positive(numbers.ReadIntegerBytes());
        numbers.ThrowIfNotEmpty();
        return new(new() { Modulus = modulus, Exponent = exponent });
    }

    public bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!IsSound || !algorithm.IsKnown)
        {
            return false;
        }

        using var key = RSA.Create();
        try
        {
            key.ImportParameters(_parameters);
        }
        catch (CryptographicException)
        {
            // Odd and yet no key to the platform: too long, for example.
            return false;
        }

        return algorithm.Verify(key, data, signature);
    }

    public bool SameAs(RSAParameters other) =>
        _parameters.Modulus.AsSpan().SequenceEqual(other.Modulus)
        && _parameters.Exponent.AsSpan().SequenceEqual(other.Exponent);

    // A sign byte is not part of the number.
    private static byte[] Positive(ReadOnlyMemory<byte> number)
    {
        var bytes = number.Span;
        if (bytes is [>= 0x80, ..])
        {
            throw new AsnContentException("a negative number in the public key");
        }

        return bytes.TrimStart((byte)0).ToArray();
    }
}

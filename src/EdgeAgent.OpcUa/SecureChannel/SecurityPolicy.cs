using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// A security policy (Part 7, 6.6): which algorithms protect a channel. These four exist. The deprecated ones
/// (Basic128Rsa15, Basic256: SHA-1 signatures) do not, so no setting can bring them back.
/// </summary>
public sealed class SecurityPolicy
{
    private const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    // RFC 8017, 7.1.1: OAEP needs room for two hashes and two bytes in each block.
    private const int OaepSha1Overhead = (2 * SHA1.HashSizeInBytes) + 2;
    private const int OaepSha256Overhead = (2 * SHA256.HashSizeInBytes) + 2;

    private readonly RSASignaturePadding _signaturePadding;
    private readonly RSAEncryptionPadding _encryptionPadding;
    private readonly int _encryptionOverhead;

    private SecurityPolicy(
        string name,
        int strength,
        int encryptionKeyLength,
        RSASignaturePadding signaturePadding,
        RSAEncryptionPadding encryptionPadding)
    {
        Name = name;
        Strength = strength;
        EncryptionKeyLength = encryptionKeyLength;
        _signaturePadding = signaturePadding;
        _encryptionPadding = encryptionPadding;
        _encryptionOverhead =
            encryptionPadding == RSAEncryptionPadding.OaepSHA256 ? OaepSha256Overhead : OaepSha1Overhead;
    }

    /// <summary>No security at all.</summary>
    public static SecurityPolicy None { get; } =
        new(nameof(None), 0, 0, RSASignaturePadding.Pkcs1, RSAEncryptionPadding.OaepSHA1);

    public static SecurityPolicy Aes128Sha256RsaOaep { get; } =
        new("Aes128_Sha256_RsaOaep", 1, 16, RSASignaturePadding.Pkcs1, RSAEncryptionPadding.OaepSHA1);

    public static SecurityPolicy Basic256Sha256 { get; } =
        new(nameof(Basic256Sha256), 2, 32, RSASignaturePadding.Pkcs1, RSAEncryptionPadding.OaepSHA1);

    public static SecurityPolicy Aes256Sha256RsaPss { get; } =
        new("Aes256_Sha256_RsaPss", 3, 32, RSASignaturePadding.Pss, RSAEncryptionPadding.OaepSHA256);

    /// <summary>All policies, the strongest first.</summary>
    public static IReadOnlyList<SecurityPolicy> All { get; } =
        [Aes256Sha256RsaPss, Basic256Sha256, Aes128Sha256RsaOaep, None];

    /// <summary>The name behind the '#' of <see cref="Uri"/>.</summary>
    public string Name { get; }

    public string Uri => Prefix + Name;

    /// <summary>For choosing: the longer symmetric key wins, then the newer RSA padding. None is 0.</summary>
    public int Strength { get; }

    public bool IsSecure => Strength > 0;

    /// <summary>Part 7: shortest RSA key, in bits.</summary>
    public int MinKeyLength => IsSecure ? 2048 : 0;

    /// <summary>Part 7: longest RSA key, in bits.</summary>
    public int MaxKeyLength => IsSecure ? 4096 : 0;

    /// <summary>Part 7, SecureChannelNonceLength, in bytes.</summary>
    public int NonceLength => IsSecure ? 32 : 0;

    /// <summary>What SignatureData.Algorithm says in CreateSession and ActivateSession; empty under None.</summary>
    public string SignatureAlgorithmUri => !IsSecure ? ""
        : _signaturePadding == RSASignaturePadding.Pss ? "http://opcfoundation.org/UA/security/rsa-pss-sha2-256"
        : "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// <summary>What EncryptionAlgorithm of a user identity token says; empty under None.</summary>
    public string EncryptionAlgorithmUri => !IsSecure ? ""
        : _encryptionPadding == RSAEncryptionPadding.OaepSHA256
        ? "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256"
        : "http://www.w3.org/2001/04/xmlenc#rsa-oaep";

    /// <summary>Bytes of the derived HMAC-SHA256 key.</summary>
    internal int SigningKeyLength => IsSecure ? 32 : 0;

    /// <summary>Bytes of the derived AES key.</summary>
    internal int EncryptionKeyLength { get; }

    /// <summary>The policy with this URI, or null where it is unknown or deprecated.</summary>
    public static SecurityPolicy? Find(string? uri) =>
        All.FirstOrDefault(policy => string.Equals(policy.Uri, uri, StringComparison.Ordinal));

    /// <summary>The policy with this short name, as people write it in a configuration, or null.</summary>
    public static SecurityPolicy? FindByName(string? name) =>
        All.FirstOrDefault(policy => string.Equals(policy.Name, name, StringComparison.Ordinal));

    public override string ToString() => Name;

    /// <summary>RSA signature over the SHA-256 of <paramref name="data"/>; as long as the key.</summary>
    public byte[] Sign(RSA key, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.SignData(data, HashAlgorithmName.SHA256, _signaturePadding);
    }

    public bool Verify(RSA publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.VerifyData(data, signature, HashAlgorithmName.SHA256, _signaturePadding);
    }

    /// <summary>Encrypts in as many RSA blocks as it takes; the last may hold less.</summary>
    public byte[] Encrypt(RSA publicKey, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        var (plainBlock, cipherBlock) = (PlainBlockLength(publicKey), CipherBlockLength(publicKey));
        var blocks = (data.Length + plainBlock - 1) / plainBlock;
        var cipher = new byte[blocks * cipherBlock];
        for (var i = 0; i < blocks; i++)
        {
            var plain = data[(i * plainBlock)..Math.Min((i + 1) * plainBlock, data.Length)];
            publicKey.Encrypt(plain, cipher.AsSpan(i * cipherBlock, cipherBlock), _encryptionPadding);
        }

        return cipher;
    }

    /// <summary>The inverse of <see cref="Encrypt"/>.</summary>
    /// <exception cref="OpcUaException">
    /// BadSecurityChecksFailed, with the same words whatever is wrong, so that nobody learns from the difference.
    /// </exception>
    public byte[] Decrypt(RSA key, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (plainBlock, cipherBlock) = (PlainBlockLength(key), CipherBlockLength(key));
        if (data.Length == 0 || data.Length % cipherBlock != 0)
        {
            throw NotDecrypted(null);
        }

        var plain = new byte[data.Length / cipherBlock * plainBlock];
        var length = 0;
        try
        {
            for (var rest = data; rest.Length > 0; rest = rest[cipherBlock..])
            {
                length += key.Decrypt(rest[..cipherBlock], plain.AsSpan(length), _encryptionPadding);
            }
        }
        catch (CryptographicException failure)
        {
            throw NotDecrypted(failure);
        }

        return plain.AsSpan(0, length).ToArray();
    }

    /// <summary>Bytes of data in one RSA block.</summary>
    internal int PlainBlockLength(RSA key) => CipherBlockLength(key) - _encryptionOverhead;

    /// <summary>Bytes of one encrypted RSA block, and of a signature.</summary>
    internal static int CipherBlockLength(RSA key) => key.KeySize / 8;

    private static OpcUaException NotDecrypted(CryptographicException? inner) =>
        new(StatusCodes.BadSecurityChecksFailed, "The encrypted data cannot be decrypted with this key.", inner);
}

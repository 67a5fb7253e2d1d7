using System.Security.Cryptography;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// The keys of one security token for one direction, and what is done with them. Not for two threads at a time: the
/// platform's objects are kept and reused, so that a chunk costs no allocation.
/// </summary>
internal sealed class SymmetricKeys : IDisposable
{
    public const int SignatureLength = HMACSHA256.HashSizeInBytes;

    private readonly IncrementalHash _hmac;
    private readonly CbcStream? _cipher;

    private SymmetricKeys(SecurityPolicy policy, ReadOnlySpan<byte> keys, MessageSecurityMode mode, bool forSending)
    {
        var signing = keys[..policy.SigningKeyLength];
        var encrypting = keys.Slice(policy.SigningKeyLength, policy.EncryptionKeyLength);
        var vector = keys[(policy.SigningKeyLength + policy.EncryptionKeyLength)..];
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, signing);
        _cipher = mode == MessageSecurityMode.SignAndEncrypt ? new(encrypting, vector, forSending) : null;
    }

    public bool Encrypts => _cipher is not null;

    /// <summary>
    /// The keys of a client, or of a server, from the nonces of both (Part 6, 6.7.5): each side secures what it sends
    /// with keys derived from the other's nonce as secret and its own as seed.
    /// </summary>
    /// <returns>Null twice under <see cref="MessageSecurityMode.None"/>.</returns>
    public static (SymmetricKeys? Sending, SymmetricKeys? Receiving) Derive(
        SecurityPolicy policy, MessageSecurityMode mode, ReadOnlySpan<byte> ownNonce, ReadOnlySpan<byte> peerNonce)
    {
        if (mode == MessageSecurityMode.None)
        {
            return (null, null);
        }

        Span<byte> keys = stackalloc byte[policy.SigningKeyLength + policy.EncryptionKeyLength + CbcStream.BlockLength];
        KeyDerivation.Derive(secret: peerNonce, seed: ownNonce, keys);
        var sending = new SymmetricKeys(policy, keys, mode, forSending: true);
        KeyDerivation.Derive(secret: ownNonce, seed: peerNonce, keys);
        var receiving = new SymmetricKeys(policy, keys, mode, forSending: false);
        CryptographicOperations.ZeroMemory(keys);
        return (sending, receiving);
    }

    /// <summary>
    /// Puts the signature of <paramref name="data"/> into the 32 bytes of <paramref name="signature"/>.
    /// </summary>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        _hmac.AppendData(data);
        _hmac.GetHashAndReset(signature);
    }

    /// <summary>Takes the same time wherever the two differ.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureLength];
        Sign(data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Encrypts or decrypts in place, as the keys are for sending or receiving; whole blocks only.</summary>
    public void Transform(byte[] buffer, int offset, int count) => _cipher!.Transform(buffer, offset, count);

    public void Dispose()
    {
        _hmac.Dispose();
        _cipher?.Dispose();
    }
}

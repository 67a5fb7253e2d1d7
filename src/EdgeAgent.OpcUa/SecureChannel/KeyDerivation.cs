using System.Security.Cryptography;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// P_SHA256 (Part 6, 6.7.5, which takes it from RFC 5246, 5):
/// A(0) = seed, A(i) = HMAC(secret, A(i-1)), output = HMAC(secret, A(1) + seed) + HMAC(secret, A(2) + seed) + ...
/// </summary>
internal static class KeyDerivation
{
    /// <summary>Fills <paramref name="output"/>.</summary>
    public static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        const int hash = HMACSHA256.HashSizeInBytes;
        Span<byte> block = stackalloc byte[hash];
        var input = new byte[hash + seed.Length];
        var a = input.AsSpan(0, hash);
        seed.CopyTo(input.AsSpan(hash));

        HMACSHA256.HashData(secret, seed, a);
        while (true)
        {
            HMACSHA256.HashData(secret, input, block);
            var taken = Math.Min(hash, output.Length);
            block[..taken].CopyTo(output);
            output = output[taken..];
            if (output.IsEmpty)
            {
                break;
            }

            // Not into "a" itself: the source would change under the hash.
            HMACSHA256.HashData(secret, a, block);
            block.CopyTo(a);
        }

        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(input);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// A password on its way (Part 4, 7.41.2.2):
/// <code>
///      0        4              4 + n          4 + n + m
///      ┌────────┬──────────────┬──────────────┐
///      │ n + m  │ password (n) │ nonce (m)    │   encrypted with the server's public key, block by block
///      └────────┴──────────────┴──────────────┘
/// </code>
/// The nonce is the server's last one, so that what was recorded cannot be used again.
/// </summary>
internal static class UserTokenSecret
{
    public static byte[] Encrypt(
        SecurityPolicy policy, RSA serverKey, ReadOnlySpan<byte> password, ReadOnlySpan<byte> serverNonce)
    {
        var plain = new byte[sizeof(uint) + password.Length + serverNonce.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(plain, (uint)(password.Length + serverNonce.Length));
        password.CopyTo(plain.AsSpan(sizeof(uint)));
        serverNonce.CopyTo(plain.AsSpan(sizeof(uint) + password.Length));
        try
        {
            return policy.Encrypt(serverKey, plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

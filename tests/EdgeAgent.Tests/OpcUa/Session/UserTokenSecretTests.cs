using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class UserTokenSecretTests
{
    [Theory]
    [InlineData("Aes128_Sha256_RsaOaep", 0)]
    [InlineData("Basic256Sha256", 7)]
    [InlineData("Aes256_Sha256_RsaPss", 500)]
    public void A_password_is_length_password_nonce_in_as_many_blocks_as_it_takes(string name, int length)
    {
        var policy = SecurityPolicy.FindByName(name)!;
        using var key = RSA.Create(2048);
        var password = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var nonce = RandomNumberGenerator.GetBytes(32);

        var secret = policy.Decrypt(key, UserTokenSecret.Encrypt(policy, key, password, nonce));

        Assert.Equal((uint)(length + 32), BinaryPrimitives.ReadUInt32LittleEndian(secret));
        Assert.Equal(password, secret[4..(4 + length)]);
        Assert.Equal(nonce, secret[(4 + length)..]);
    }

    [Fact]
    public void The_same_password_is_never_the_same_bytes()
    {
        using var key = RSA.Create(2048);
        var nonce = new byte[32];

        Assert.NotEqual(
            UserTokenSecret.Encrypt(SecurityPolicy.Basic256Sha256, key, [1], nonce),
            UserTokenSecret.Encrypt(SecurityPolicy.Basic256Sha256, key, [1], nonce));
    }
}

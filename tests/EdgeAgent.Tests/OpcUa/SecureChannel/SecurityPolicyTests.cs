using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class SecurityPolicyTests
{
    public static TheoryData<string> SecurePolicies =>
        [.. SecurityPolicy.All.Where(policy => policy.IsSecure).Select(policy => policy.Name)];

    [Theory]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#None", "", "")]
    [InlineData(
        "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep")]
    [InlineData(
        "http://opcfoundation.org/UA/SecurityPolicy#Aes128_Sha256_RsaOaep",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep")]
    [InlineData(
        "http://opcfoundation.org/UA/SecurityPolicy#Aes256_Sha256_RsaPss",
        "http://opcfoundation.org/UA/security/rsa-pss-sha2-256",
        "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256")]
    public void Policies_are_found_by_their_uri_and_name_their_algorithms(
        string uri, string signature, string encryption)
    {
        var policy = SecurityPolicy.Find(uri);
        Assert.NotNull(policy);
        Assert.Equal(uri, policy.Uri);
        Assert.Same(policy, SecurityPolicy.FindByName(policy.Name));
        Assert.Equal((signature, encryption), (policy.SignatureAlgorithmUri, policy.EncryptionAlgorithmUri));
        Assert.Equal(policy.IsSecure ? 32 : 0, policy.NonceLength);
    }

    [Theory]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Basic128Rsa15")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#Basic256")]
    [InlineData("http://opcfoundation.org/UA/SecurityPolicy#basic256sha256")]
    [InlineData("")]
    [InlineData(null)]
    public void Deprecated_and_unknown_policies_do_not_exist(string? uri) => Assert.Null(SecurityPolicy.Find(uri));

    [Fact]
    public void The_strongest_comes_first_and_none_last() => Assert.Equal(
        SecurityPolicy.All.OrderByDescending(policy => policy.Strength), SecurityPolicy.All);

    [Theory, MemberData(nameof(SecurePolicies))]
    public void What_is_signed_is_verified_and_nothing_else_is(string name)
    {
        var policy = SecurityPolicy.FindByName(name)!;
        using var key = TestCertificates.Of("client").GetRSAPrivateKey()!;
        byte[] data = [1, 2, 3];
        var signature = policy.Sign(key, data);
        Assert.True(policy.Verify(key, data, signature));
        Assert.False(policy.Verify(key, [1, 2, 4], signature));
        signature[^1] ^= 1;
        Assert.False(policy.Verify(key, data, signature));
        Assert.False(policy.Verify(key, data, []));
    }

    [Theory, MemberData(nameof(SecurePolicies))]
    public void Any_length_is_encrypted_in_whole_blocks_and_decrypted(string name)
    {
        var policy = SecurityPolicy.FindByName(name)!;
        using var key = TestCertificates.Of("client").GetRSAPrivateKey()!;
        foreach (var length in new[] { 1, 189, 190, 191, 214, 215, 300, 1_000 })
        {
            var data = RandomNumberGenerator.GetBytes(length);
            var cipher = policy.Encrypt(key, data);
            Assert.Equal(0, cipher.Length % 256);
            Assert.Equal(data, policy.Decrypt(key, cipher));
        }
    }

    [Theory, MemberData(nameof(SecurePolicies))]
    public void Every_failure_to_decrypt_looks_the_same(string name)
    {
        var policy = SecurityPolicy.FindByName(name)!;
        using var key = TestCertificates.Of("client").GetRSAPrivateKey()!;
        var cipher = policy.Encrypt(key, [1, 2, 3]);
        cipher[100] ^= 1;
        var messages = new[] { cipher, [], new byte[255], new byte[256], new byte[257], Full(256) }
            .Select(data => Assert.Throws<OpcUaException>(() => policy.Decrypt(key, data)).Message)
            .Distinct();
        Assert.Single(messages);
    }

    private static byte[] Full(int length) => [.. Enumerable.Repeat((byte)0xFF, length)];
}

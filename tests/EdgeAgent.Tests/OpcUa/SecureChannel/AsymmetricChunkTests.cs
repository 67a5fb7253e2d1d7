using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class AsymmetricChunkTests
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 132).Select(i => (byte)i)];

    private static readonly (int Own, int Peer)[] KeyLengths =
        [(2048, 2048), (2048, 4096), (4096, 2048), (3072, 3072), (4096, 3072)];

    public static TheoryData<string, int, int> PoliciesAndKeys
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var policy in SecurityPolicy.All.Where(policy => policy.IsSecure))
            {
                foreach (var (own, peer) in KeyLengths)
                {
                    data.Add(policy.Name, own, peer);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(PoliciesAndKeys))]
    public void What_one_side_protects_the_other_reads_with_keys_of_any_allowed_length(
        string name, int client, int server)
    {
        using var sender = Security(name, "client", client, "server", server);
        using var receiver = Security(name, "server", server, "client", client);
        foreach (var length in new[] { 0, 1, Body.Length })
        {
            var frame = AsymmetricChunk.Protect(sender, 9, 4, 3, Body.AsSpan(0, length));
            var chunk = Read(receiver, frame);
            Assert.Equal(3u, chunk.RequestId);
            Assert.Equal(Body[..length], frame.AsSpan(chunk.Offset, chunk.Length).ToArray());
        }
    }

    [Fact]
    public void Every_length_of_padding_is_found_again()
    {
        // With 4096-bit keys a block takes 446 bytes, so that the count of padding needs its second byte.
        using var sender = Security("Aes256_Sha256_RsaPss", "client", 2048, "server", 4096);
        using var receiver = Security("Aes256_Sha256_RsaPss", "server", 4096, "client", 2048);
        for (var length = 0; length < 450; length += 7)
        {
            var frame = AsymmetricChunk.Protect(sender, 9, 4, 3, new byte[length]);
            Assert.Equal(length, Read(receiver, frame).Length);
        }
    }

    [Fact]
    public void Under_none_there_is_only_the_header()
    {
        var frame = AsymmetricChunk.Protect(OpenSecurity.None, 9, 4, 3, Body);
        var chunk = Read(OpenSecurity.None, frame);
        Assert.Equal(Body, frame.AsSpan(chunk.Offset, chunk.Length).ToArray());
        Assert.Equal(frame.Length - Body.Length, chunk.Offset);
    }

    [Theory]
    [InlineData("Basic256Sha256")]
    [InlineData("Aes256_Sha256_RsaPss")]
    public void A_changed_byte_anywhere_is_an_error(string name)
    {
        using var sender = Security(name, "client", 2048, "server", 2048);
        using var receiver = Security(name, "server", 2048, "client", 2048);
        var frame = AsymmetricChunk.Protect(sender, 9, 4, 3, Body);

        // Of the encrypted part one byte of each sixteen: each costs a private key operation.
        var encryptedFrom = AsymmetricHeader.Read(frame).Length;
        for (var i = 0; i < frame.Length; i += i < encryptedFrom ? 1 : 16)
        {
            var changed = frame.ToArray();
            changed[i] ^= 0x01;
            Assert.Throws<OpcUaException>(() => Read(receiver, changed));
        }
    }

    [Fact]
    public void Another_sender_than_expected_is_refused_though_its_signature_is_right()
    {
        using var sender = Security("Basic256Sha256", "other", 2048, "server", 2048);
        using var receiver = Security("Basic256Sha256", "server", 2048, "client", 2048);
        Refused(StatusCodes.BadSecurityChecksFailed, receiver, AsymmetricChunk.Protect(sender, 9, 4, 3, Body));
    }

    [Fact]
    public void A_message_for_another_receiver_is_refused()
    {
        using var sender = Security("Basic256Sha256", "client", 2048, "other", 2048);
        using var receiver = Security("Basic256Sha256", "server", 2048, "client", 2048);
        Refused(StatusCodes.BadCertificateInvalid, receiver, AsymmetricChunk.Protect(sender, 9, 4, 3, Body));
    }

    [Fact]
    public void A_weaker_policy_than_the_agreed_one_is_refused()
    {
        using var receiver = Security("Aes256_Sha256_RsaPss", "server", 2048, "client", 2048);
        using var sender = Security("Basic256Sha256", "client", 2048, "server", 2048);
        Refused(StatusCodes.BadSecurityPolicyRejected, receiver, AsymmetricChunk.Protect(sender, 9, 4, 3, Body));
        var open = AsymmetricChunk.Protect(OpenSecurity.None, 9, 4, 3, Body);
        Refused(StatusCodes.BadSecurityPolicyRejected, receiver, open);
    }

    [Fact]
    public void Issuers_travel_with_the_certificate_and_only_the_first_is_compared()
    {
        var (client, server, issuer) =
            (TestCertificates.Of("client"), TestCertificates.Of("server"), TestCertificates.Of("other"));
        using var sender = OpenSecurity.Of(
            SecurityPolicy.Basic256Sha256, client, [issuer.RawData], [.. server.RawData, .. issuer.RawData]);
        using var receiver = OpenSecurity.Of(SecurityPolicy.Basic256Sha256, server, [], client.RawData);
        var frame = AsymmetricChunk.Protect(sender, 9, 4, 3, Body);
        Assert.Equal([.. client.RawData, .. issuer.RawData], AsymmetricHeader.Read(frame).SenderChain.ToArray());
        Assert.Equal(Body.Length, Read(receiver, frame).Length);
    }

    [Theory]
    [InlineData(1024, 2048)]
    [InlineData(2048, 1024)]
    public void Keys_outside_the_policys_range_are_refused(int own, int peer)
    {
        var error = Assert.Throws<OpcUaException>(() => Security("Basic256Sha256", "client", own, "server", peer));
        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, error.Status.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3003020101")]
    [InlineData("0500")]
    [InlineData("3082FFFF00")]
    public void What_is_no_certificate_is_a_declared_error(string hex)
    {
        var error = Assert.Throws<OpcUaException>(() => OpenSecurity.Of(
            SecurityPolicy.Basic256Sha256, TestCertificates.Of("client"), [], Convert.FromHexString(hex)));
        Assert.Equal(StatusCodes.BadCertificateInvalid, error.Status.Value);
    }

    [Theory]
    [InlineData(12, 256)]
    [InlineData(12, int.MaxValue)]
    [InlineData(12, int.MinValue)]
    [InlineData(12, -2)]
    public void Impossible_lengths_in_the_header_are_refused(int offset, int length)
    {
        var frame = AsymmetricChunk.Protect(OpenSecurity.None, 9, 4, 3, Body);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(offset), length);
        Refused(StatusCodes.BadDecodingError, OpenSecurity.None, frame);
    }

    [Fact]
    public void Every_cut_is_an_error()
    {
        var frame = AsymmetricChunk.Protect(OpenSecurity.None, 9, 4, 3, []);
        for (var length = FrameHeader.Length; length < frame.Length; length++)
        {
            var cut = frame[..length];
            new FrameHeader(MessageType.OpenSecureChannel, ChunkType.Final, length).Write(cut);
            Assert.Throws<OpcUaException>(() => Read(OpenSecurity.None, cut));
        }
    }

    private static void Refused(uint status, OpenSecurity receiver, byte[] frame) =>
        Assert.Equal(status, Assert.Throws<OpcUaException>(() => Read(receiver, frame)).Status.Value);

    private static Chunk Read(OpenSecurity receiver, byte[] frame)
    {
        Assert.True(FrameHeader.TryRead(frame, 65_536, out var header) || frame.Length < FrameHeader.Length);
        if (header.Size != frame.Length)
        {
            throw new OpcUaException(StatusCodes.BadUnexpectedError, "The frame is not whole.");
        }

        using var reader = new ChunkReader { ChannelId = 9 };
        return reader.ReadOpen(frame, 0, header, receiver);
    }

    private static OpenSecurity Security(string policy, string own, int ownBits, string peer, int peerBits) =>
        OpenSecurity.Of(
            SecurityPolicy.FindByName(policy)!,
            TestCertificates.Of(own, ownBits),
            [],
            TestCertificates.Of(peer, peerBits).RawData);
}

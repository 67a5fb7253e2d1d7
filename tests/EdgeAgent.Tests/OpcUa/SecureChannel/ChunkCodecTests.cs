using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class ChunkCodecTests
{
    public static TheoryData<string, string> Securities => ChannelPair.Securities;

    [Theory, MemberData(nameof(Securities))]
    public void Messages_of_any_length_arrive_in_order_and_no_chunk_is_too_long(string policy, string mode)
    {
        var pair = ChannelPair.Of(policy, mode, new(8_192, 8_192, 1 << 20, 1_000, 1 << 20, 1_000));
        var lengths = Enumerable.Range(0, 70).Concat(Enumerable.Range(8_100, 100)).Concat([16_300, 16_384, 100_000]);
        foreach (var length in lengths)
        {
            var message = RandomNumberGenerator.GetBytes(length);
            var (requestId, body) = Assert.Single(pair.Read(pair.Write((uint)length, message)));
            Assert.Equal((uint)length, requestId);
            Assert.Equal(message, body);
        }
    }

    [Theory, MemberData(nameof(Securities))]
    public void A_full_chunk_uses_all_the_room_that_the_padding_leaves(string policy, string mode)
    {
        foreach (var size in Enumerable.Range(8_192, 17))
        {
            var pair = ChannelPair.Of(policy, mode, new(size, size, 1 << 20, 1_000, 1 << 20, 1_000));
            var frames = pair.Write(1, new byte[20_000]);
            var first = BinaryPrimitives.ReadInt32LittleEndian(frames.AsSpan(4));
            Assert.InRange(first, size - 15, size);
        }
    }

    [Fact]
    public void A_chunk_under_none_looks_as_part_6_draws_it() => Assert.Equal(
        "4D534746" + "1B000000" + "4D000000" + "05000000" + "01000000" + "09000000" + "ABCDEF",
        Convert.ToHexString(ChannelPair.Of("None", "None").Write(9, [0xAB, 0xCD, 0xEF])));

    [Fact]
    public void What_is_encrypted_cannot_be_read_on_the_wire_and_what_is_signed_can()
    {
        var message = Enumerable.Repeat((byte)0x41, 64).ToArray();
        Assert.True(ChannelPair.Of("Basic256Sha256", "Sign").Write(1, message).AsSpan().IndexOf(message) > 0);
        var encrypted = ChannelPair.Of("Basic256Sha256", "SignAndEncrypt").Write(1, message);
        Assert.True(encrypted.AsSpan().IndexOf(message.AsSpan(0, 16)) < 0);
    }

    [Theory, MemberData(nameof(Securities))]
    public void A_changed_byte_anywhere_is_an_error(string policy, string mode)
    {
        if (mode == "None")
        {
            return;
        }

        var pair = ChannelPair.Of(policy, mode);
        var frames = pair.Write(1, RandomNumberGenerator.GetBytes(50));
        for (var i = 0; i < frames.Length; i++)
        {
            foreach (var flip in new byte[] { 0x01, 0x05, 0x07, 0x80, 0xFF })
            {
                frames[i] ^= flip;
                Assert.Throws<OpcUaException>(() => pair.Read(frames));
                frames[i] ^= flip;
            }
        }

        // Nothing of that has moved what the reader expects, nor the chain of the cipher.
        Assert.Single(pair.Read(frames));
        Assert.Single(pair.Read(pair.Write(2, [1])));
    }

    [Theory, MemberData(nameof(Securities))]
    public void Every_cut_is_an_error(string policy, string mode)
    {
        var pair = ChannelPair.Of(policy, mode);
        var frames = pair.Write(1, RandomNumberGenerator.GetBytes(50));
        for (var length = FrameHeader.Length; length < frames.Length; length++)
        {
            var cut = frames[..length];
            BinaryPrimitives.WriteInt32LittleEndian(cut.AsSpan(4), length);
            if (mode == "None" && length >= 24)
            {
                continue;
            }

            Assert.Throws<OpcUaException>(() => pair.Read(cut));
        }
    }

    [Fact]
    public void Keys_work_in_one_direction_only()
    {
        var policy = SecurityPolicy.Aes256Sha256RsaPss;
        var (a, b) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var (sending, _) = SymmetricKeys.Derive(policy, MessageSecurityMode.Sign, a, b);
        var (_, ownReceiving) = SymmetricKeys.Derive(policy, MessageSecurityMode.Sign, a, b);
        var (_, peerReceiving) = SymmetricKeys.Derive(policy, MessageSecurityMode.Sign, b, a);
        var signature = new byte[SymmetricKeys.SignatureLength];
        sending!.Sign([1, 2, 3], signature);
        Assert.True(peerReceiving!.Verify([1, 2, 3], signature));
        Assert.False(ownReceiving!.Verify([1, 2, 3], signature));
    }

    [Theory]
    [InlineData(1, StatusCodes.BadSequenceNumberInvalid)]
    [InlineData(-1, StatusCodes.BadSequenceNumberInvalid)]
    [InlineData(-2, StatusCodes.BadSequenceNumberInvalid)]
    public void A_gap_a_repetition_and_a_step_back_are_errors(int shift, uint status)
    {
        var pair = ChannelPair.Of("None", "None");
        pair.Read(pair.Write(1, [1]));
        pair.Read(pair.Write(2, [1]));
        var frame = pair.Write(3, [1]);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(16), 3 + shift);
        Assert.Equal(status, Assert.Throws<OpcUaException>(() => pair.Read(frame)).Status.Value);
    }

    [Fact]
    public void Another_channel_and_an_unknown_or_expired_token_are_errors()
    {
        var pair = ChannelPair.Of("Basic256Sha256", "SignAndEncrypt");
        var frame = pair.Write(1, [1]);

        Assert.Equal(
            StatusCodes.BadTcpSecureChannelUnknown, Refused(pair, frame, ChunkLayout.ChannelIdOffset, 78));
        Assert.Equal(
            StatusCodes.BadSecureChannelTokenUnknown, Refused(pair, frame, ChunkLayout.TokenIdOffset, 6));
        Assert.Equal(
            StatusCodes.BadSecureChannelTokenUnknown,
            Assert.Throws<OpcUaException>(() => pair.Read(frame, now: ChannelPair.Expires)).Status.Value);
        Assert.Single(pair.Read(frame, now: ChannelPair.Expires - 1));
    }

    [Theory, MemberData(nameof(Securities))]
    public void The_old_token_is_honoured_until_the_new_one_is_used_and_numbers_go_on(string policy, string mode)
    {
        var pair = ChannelPair.Of(policy, mode);
        var before = pair.Write(1, [1]);
        var (sending, receiving) = pair.NewKeys();
        pair.Reader.AddToken(ChannelPair.TokenId + 1, receiving, 2 * ChannelPair.Expires);
        Assert.False(pair.Reader.NewestTokenUsed);
        Assert.Single(pair.Read(before));

        var old = pair.Write(2, [2]);
        Assert.Single(pair.Read(old));
        var tooOld = pair.Write(3, [3]);
        BinaryPrimitives.WriteUInt32LittleEndian(tooOld.AsSpan(ChunkLayout.SequenceOffset), 4);

        pair.Writer.UseToken(ChannelPair.TokenId + 1, sending);
        var first = pair.Write(4, [4]);
        Assert.Throws<OpcUaException>(() => pair.Read(first));
        Assert.True(pair.Reader.NewestTokenUsed);

        // The gap above shows that numbers do not begin anew; the old token is gone now.
        Assert.Equal(
            StatusCodes.BadSecureChannelTokenUnknown,
            Assert.Throws<OpcUaException>(() => pair.Read(tooOld)).Status.Value);
    }

    [Fact]
    public void The_old_token_expires_by_itself_too()
    {
        var pair = ChannelPair.Of("Basic256Sha256", "Sign");
        var before = pair.Write(1, [1]);
        pair.Reader.AddToken(ChannelPair.TokenId + 1, pair.NewKeys().Receiving, 2 * ChannelPair.Expires);
        var error = Assert.Throws<OpcUaException>(() => pair.Read(before, now: ChannelPair.Expires));
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, error.Status.Value);
    }

    [Theory]
    [InlineData(10_001, 1_000)]
    [InlineData(10_000, 1)]
    public void A_message_that_the_peer_would_not_take_is_not_begun(int length, int chunks)
    {
        var pair = ChannelPair.Of("None", "None", new(8_192, 8_192, 10_000, 1_000, 10_000, chunks));
        using var output = new PooledBuffer();
        var error = Assert.Throws<OpcUaException>(
            () => pair.Writer.Write(MessageType.Message, 1, new byte[length], output));
        Assert.Equal((StatusCodes.BadRequestTooLarge, 0), (error.Status.Value, output.Length));
        Assert.Single(pair.Read(pair.Write(2, new byte[8_000])));
    }

    [Fact]
    public void Changed_chunks_give_messages_or_declared_errors_and_nothing_else() =>
        Gen.Select(
            Gen.Int[1, 3],
            Gen.Int[0, 300].Array[1, 3],
            Gen.Select(Gen.Int[0, 2_000], Gen.Byte).Array[0, 4],
            Gen.Int[-1, 1_200]).Sample(
            (mode, lengths, changes, cut) =>
            {
                var pair = new ChannelPair(
                    mode == 1 ? SecurityPolicy.None : SecurityPolicy.Aes128Sha256RsaOaep, (MessageSecurityMode)mode);
                var frames = lengths.SelectMany((length, i) => pair.Write((uint)i, new byte[length])).ToArray();
                foreach (var (at, value) in changes)
                {
                    frames[at % frames.Length] = value;
                }

                try
                {
                    pair.Read(cut < 0 ? frames : frames[..Math.Min(cut, frames.Length)]);
                    return true;
                }
                catch (OpcUaException)
                {
                    return true;
                }
            }, iter: 20_000);

    private static uint Refused(ChannelPair pair, byte[] frame, int offset, uint value)
    {
        var changed = frame.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(offset), value);
        return Assert.Throws<OpcUaException>(() => pair.Read(changed)).Status.Value;
    }
}

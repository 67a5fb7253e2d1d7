using CsCheck;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Transport;

public sealed class HandshakeTests
{
    private static readonly TransportLimits Limits = new();

    [Fact]
    public void A_hello_is_written_as_part_6_draws_it()
    {
        var hello = new Hello(0, 65_536, 8_192, 1, 2, "opc.tcp://压:4840");
        var bytes = hello.Encode();
        Assert.Equal(
            "48454C46" + "32000000" + "00000000" + "00000100" + "00200000" + "01000000" + "02000000"
            + "12000000" + "6F70632E7463703A2F2FE58E8B3A34383430",
            Convert.ToHexString(bytes));
        Assert.Equal(hello, Hello.Decode(bytes));
    }

    [Fact]
    public void Every_cut_and_every_other_url_length_of_a_hello_is_refused()
    {
        var bytes = Hello.Of(Limits, "opc.tcp://plc").Encode();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<OpcUaException>(() => Hello.Decode(bytes.AsSpan(0, length)));
        }

        foreach (var claimed in new[] { int.MinValue, -2, -1, 0, 12, 14, 5_000, int.MaxValue })
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), claimed);
            Assert.Throws<OpcUaException>(() => Hello.Decode(bytes));
        }
    }

    [Fact]
    public void A_url_too_long_for_the_protocol_is_not_sent()
    {
        var url = "opc.tcp://plc/" + new string('x', 4_096);
        var error = Assert.Throws<OpcUaException>(() => Hello.Of(Limits, url).Encode());
        Assert.Equal(StatusCodes.BadTcpEndpointUrlInvalid, error.Status.Value);
    }

    [Fact]
    public void An_acknowledge_is_read_back_and_refused_at_any_other_length()
    {
        var acknowledge = new Acknowledge(0, 65_536, 65_535, 0, 5);
        var bytes = acknowledge.Encode();
        Assert.Equal(28, bytes.Length);
        Assert.Equal(acknowledge, Acknowledge.Decode(bytes));
        Assert.Throws<OpcUaException>(() => Acknowledge.Decode(bytes.AsSpan(0, 27)));
        Assert.Throws<OpcUaException>(() => Acknowledge.Decode([.. bytes, 0]));
    }

    [Fact]
    public void The_client_takes_what_the_server_takes_and_no_more_than_its_own_limits()
    {
        var agreement = TransportAgreement.Of(Limits, new Acknowledge(0, 8_192, 16_384, 100_000, 7));
        Assert.Equal(new(16_384, 8_192, Limits.MessageBytes, Limits.ChunkCount, 100_000, 7), agreement);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public void No_limit_in_an_acknowledge_still_leaves_our_own(uint said)
    {
        var agreement = TransportAgreement.Of(Limits, new Acknowledge(0, 65_536, 65_536, said, said));
        var own = (Limits.MessageBytes, Limits.ChunkCount);
        Assert.Equal(own, (agreement.SendMessageBytes, agreement.SendChunkCount));
        Assert.Equal(own, (agreement.ReceiveMessageBytes, agreement.ReceiveChunkCount));
    }

    [Theory]
    [InlineData(8_191u, 65_536u)]
    [InlineData(65_536u, 8_191u)]
    [InlineData(65_537u, 65_536u)]
    [InlineData(65_536u, 65_537u)]
    [InlineData(0u, 65_536u)]
    [InlineData(65_536u, 0u)]
    [InlineData(0x7FFF_FFFFu, 0x7FFF_FFFFu)]
    [InlineData(uint.MaxValue, 65_536u)]
    public void Buffers_below_8192_or_above_what_was_asked_are_refused(uint receive, uint send)
    {
        var error = Assert.Throws<OpcUaException>(
            () => TransportAgreement.Of(Limits, new Acknowledge(0, receive, send, 0, 0)));
        Assert.Equal(StatusCodes.BadTcpNotEnoughResources, error.Status.Value);
    }

    [Fact]
    public void A_later_protocol_version_in_the_answer_is_refused()
    {
        var error = Assert.Throws<OpcUaException>(
            () => TransportAgreement.Of(Limits, new Acknowledge(1, 65_536, 65_536, 0, 0)));
        Assert.Equal(StatusCodes.BadProtocolVersionUnsupported, error.Status.Value);
    }

    [Fact]
    public void What_a_server_answers_a_client_accepts_and_both_mean_the_same() =>
        Gen.Select(Gen.UInt[8_192, 200_000], Gen.UInt[8_192, 200_000], Gen.UInt, Gen.UInt).Sample(
            (receive, send, message, chunks) =>
            {
                var client = new TransportLimits { ChunkBytes = (int)Math.Min(receive, send) };
                var hello = Hello.Of(client, "opc.tcp://x") with { MaxMessageSize = message, MaxChunkCount = chunks };
                var (server, answer) = TransportAgreement.Of(Limits, Hello.Decode(hello.Encode()));
                var seen = TransportAgreement.Of(client, Acknowledge.Decode(answer.Encode()));
                return seen.SendChunkBytes == server.ReceiveChunkBytes
                    && seen.ReceiveChunkBytes == server.SendChunkBytes
                    && seen.SendMessageBytes <= server.ReceiveMessageBytes
                    && (message == 0 || server.SendMessageBytes <= message)
                    && (chunks == 0 || server.SendChunkCount <= chunks);
            });

    [Fact]
    public void A_server_refuses_a_client_with_too_small_buffers()
    {
        var hello = Hello.Of(Limits, "opc.tcp://x") with { ReceiveBufferSize = 8_191 };
        Assert.Throws<OpcUaException>(() => TransportAgreement.Of(Limits, hello));
    }

    [Theory]
    [InlineData("no such URL", "no such URL")]
    [InlineData("", "no reason given")]
    [InlineData(null, "no reason given")]
    [InlineData("a\u001b[31mred\r\nline", "a [31mred  line")]
    public void An_error_is_read_back_and_its_reason_cannot_steer_a_terminal(string? reason, string shown)
    {
        var frame = new ErrorMessage(StatusCodes.BadTcpEndpointUrlInvalid, reason).EncodeFrame();
        Assert.True(FrameHeader.TryRead(frame, 8_192, out var header));
        Assert.Equal((MessageType.Error, frame.Length), (header.Type, header.Size));

        var error = ErrorMessage.Decode(frame.AsSpan(FrameHeader.Length));
        Assert.Equal((StatusCodes.BadTcpEndpointUrlInvalid, shown), (error.Error.Value, error.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000180")]
    [InlineData("0000018000000000FF", true)]
    [InlineData("00000180FEFFFFFF")]
    [InlineData("0000018001000000")]
    [InlineData("00000180FFFFFF7F")]
    [InlineData("0000018000000080")]
    public void A_malformed_error_is_a_declared_error(string hex, bool isTaken = false)
    {
        var body = Convert.FromHexString(hex);
        if (isTaken)
        {
            Assert.Equal(StatusCodes.BadUnexpectedError, ErrorMessage.Decode(body).Error.Value);
            return;
        }

        Assert.Throws<OpcUaException>(() => ErrorMessage.Decode(body));
    }

    [Fact]
    public void An_error_that_claims_to_be_good_is_still_an_error() =>
        Assert.True(ErrorMessage.Decode(new ErrorMessage(StatusCodes.Good, null).EncodeBody()).Error.IsBad);
}

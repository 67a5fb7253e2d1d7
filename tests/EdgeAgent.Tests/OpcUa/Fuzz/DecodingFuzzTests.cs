using System.Globalization;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;
using EdgeAgent.OpcUa.Transport;
using EdgeAgent.Tests.OpcUa.SecureChannel;
using EdgeAgent.Tests.OpcUa.Services;
using EdgeAgent.Tests.OpcUa.Structures;

namespace EdgeAgent.Tests.OpcUa.Fuzz;

/// <summary>
/// Two million inputs, from proper ones to noise: each gives a value or an error of a declared code, within 50 ms and
/// 64 KiB + 16 times its size. EDGEAGENT_FUZZ_SEED chooses other inputs, EDGEAGENT_FUZZ_TIMES more of them.
/// </summary>
public sealed class DecodingFuzzTests
{
    private const int Variants = 400_000;
    private const int Publishes = 500_000;
    private const int Messages = 500_000;
    private const int Fields = 200_000;
    private const int Frames = 250_000;
    private const int Handshakes = 50_000;
    private const int SecureChunks = 10_000;
    private const int SecureNoise = 5_000;
    private const int Opens = 7_000;
    private const int SecureOpens = 1_000;

    private static readonly DecodingLimits Limits = DecodingLimits.Default;

    private static readonly HashSet<uint> Decoding =
        [StatusCodes.BadDecodingError, StatusCodes.BadEncodingLimitsExceeded];

    // An id that the leaf does not know is the channel's to refuse.
    private static readonly HashSet<uint> Message = [.. Decoding, StatusCodes.BadUnknownResponse];

    private static readonly HashSet<uint> Channel =
    [
        .. Message, StatusCodes.BadConnectionClosed, StatusCodes.BadTcpMessageTypeInvalid,
        StatusCodes.BadTcpMessageTooLarge, StatusCodes.BadTcpSecureChannelUnknown,
        StatusCodes.BadSecureChannelTokenUnknown, StatusCodes.BadSequenceNumberInvalid,
        StatusCodes.BadSecurityChecksFailed, StatusCodes.BadSecurityPolicyRejected, StatusCodes.BadCertificateInvalid,
        StatusCodes.BadResponseTooLarge, StatusCodes.BadTcpNotEnoughResources,
        StatusCodes.BadProtocolVersionUnsupported, StatusCodes.BadTcpEndpointUrlInvalid, StatusCodes.BadConnectionRejected,
    ];

    private static readonly int Seed = FromEnvironment("EDGEAGENT_FUZZ_SEED", 1);
    private static readonly int Times = FromEnvironment("EDGEAGENT_FUZZ_TIMES", 1);
    private static readonly FuzzSeeds Seeds = new(Seed);

    public static TheoryData<string, string> Securities =>
        [.. ChannelPair.Securities.Where(row => row.Data.Item1 != "None")];

    public static TheoryData<string> Policies => [.. SecurityPolicy.All.Where(policy => policy.IsSecure).Select(policy => policy.Name)];

    [Fact]
    public void The_inputs_are_two_million() => Assert.Equal(
        2_000_000,
        Variants + Publishes + Messages + Fields + Frames + Handshakes + Opens
        + (Securities.Count * (SecureChunks + SecureNoise)) + (Policies.Count * SecureOpens));

    [Fact]
    public void Variants_are_read_and_passed_over() => Run(Variants, Seeds.Variants, Decoding, input =>
    {
        var skipping = new UaReader(input, Limits);
        skipping.SkipVariant();
        var reader = new UaReader(input, Limits);
        reader.ReadVariant();

        // What can be read has been passed over to the same place.
        Assert.Equal(skipping.Position, reader.Position);
    });

    [Fact]
    public void Publish_responses_are_read_into_columns()
    {
        var reader = new PublishResponseReader();
        var values = new ValueColumns();
        Run(Publishes, Seeds.Publishes, Decoding, input =>
        {
            var body = new UaReader(input, Limits);
            reader.ReadPublish(ref body, values);

            // One row that cannot be read leaves the others alone, so that each is tried.
            for (var row = 0; row < values.Count; row++)
            {
                if (values.Types[row] == BuiltInType.Variant)
                {
                    TryRead(values, row);
                }
            }
        });
    }

    [Fact]
    public void Messages_are_read_as_their_structures() =>
        Run(Messages, Seeds.Messages, Message, input => Corpus.Decode(input));

    [Fact]
    public void Fields_of_structures_are_found()
    {
        var types = Plant.Builder().Build();
        string[] texts = ["Axis[1].Position", "Grid[1,1]", "Extra[1]", "Last", "Corners", "[0].X", "Axis[0].Offset"];
        var paths = texts.Select(FieldPath.Parse).ToArray();
        var number = 0;
        HashSet<uint> refused =
        [
            .. Decoding, StatusCodes.BadDataTypeIdUnknown, StatusCodes.BadDataEncodingUnsupported,
            StatusCodes.BadNotFound, StatusCodes.BadTypeMismatch, StatusCodes.BadIndexRangeNoData,
        ];
        Run(Fields, Seeds.Structures, Decoding, input =>
        {
            var found = paths[number++ % paths.Length].Read(input, types, Limits);
            Assert.True(found.Status.IsGood || refused.Contains(found.Status.Value), found.Status.ToString());
            var value = new UaReader(input, Limits).ReadVariant();
            types.Format(value, default, Limits);
        });
    }

    [Fact]
    public void Frames_are_taken_apart_and_put_together() =>
        Run(Frames, Seeds.Frames, Channel, input =>
        {
            try
            {
                foreach (var message in Corpus.Receive(input))
                {
                    Corpus.Decode(message);
                }
            }
            catch (OpcUaException error) when (error.Status.IsBad && input.AsSpan().IndexOf("ERRF"u8) >= 0)
            {
                // The code is the peer's own.
            }
        });

    [Fact]
    public void Handshakes_are_read_on_both_sides() => Run(Handshakes, Seeds.Frames, Channel, input =>
    {
        if (!FrameHeader.TryRead(input, 65_536, out var frame) || frame.Size > input.Length)
        {
            return;
        }

        switch (frame.Type)
        {
            case MessageType.Acknowledge:
                TransportAgreement.Of(new TransportLimits(), Acknowledge.Decode(input.AsSpan(0, frame.Size)));
                break;
            case MessageType.Hello:
                TransportAgreement.Of(new TransportLimits(), Hello.Decode(input.AsSpan(0, frame.Size)));
                break;
            default:
                ErrorMessage.Decode(input.AsSpan(FrameHeader.Length, frame.Size - FrameHeader.Length));
                break;
        }
    });

    [Theory]
    [MemberData(nameof(Securities))]
    public void Secured_chunks_are_checked(string policy, string mode)
    {
        using var frames = new SecureFrames(SecurityPolicy.FindByName(policy)!, Enum.Parse<MessageSecurityMode>(mode));
        var proper = Seeds.Messages.Take(200).Select(frames.Write).ToList();
        var refused = Run(SecureChunks, proper, Channel, frames.Receive);
        Assert.InRange(refused, SecureChunks * Times * 9 / 10, SecureChunks * Times);
    }

    [Theory]
    [MemberData(nameof(Securities))]
    public void Noise_under_a_proper_signature_is_refused(string policy, string mode)
    {
        using var frames = new SecureFrames(SecurityPolicy.FindByName(policy)!, Enum.Parse<MessageSecurityMode>(mode));
        var random = new Random(Seed);
        new FuzzRun($"{policy} {mode}", Seed).Run(
            SecureNoise * Times, () => frames.Noise(random), Channel, frames.Receive);
    }

    [Fact]
    public void Opening_messages_without_security_are_read() =>
        Run(Opens, [Open(OpenSecurity.None), Open(OpenSecurity.None)], Channel, input => ReadOpen(input, OpenSecurity.None));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Secured_opening_messages_are_checked(string policy)
    {
        var (client, server) = (TestCertificates.Of("client"), TestCertificates.Of("server"));
        var found = SecurityPolicy.FindByName(policy)!;
        using var sender = OpenSecurity.Of(found, server, [], client.RawData);
        using var receiver = OpenSecurity.Of(found, client, [], server.RawData);
        Run(SecureOpens, [Open(sender)], Channel, input => ReadOpen(input, receiver));
    }

    private static byte[] Open(OpenSecurity security)
    {
        var writer = new UaWriter();
        writer.WriteEncodingId(OpenSecureChannelResponse.EncodingId);
        new OpenSecureChannelResponse { ServerNonce = new byte[32] }.Encode(writer);
        return AsymmetricChunk.Protect(security, 9, 1, 1, writer.WrittenSpan);
    }

    private static void ReadOpen(byte[] input, OpenSecurity security)
    {
        if (FrameHeader.TryRead(input, 65_536, out var frame) && frame.Size <= input.Length)
        {
            var chunk = new ChunkReader().ReadOpen(input, 0, frame, security);
            Corpus.Decode(input.AsSpan(chunk.Offset, chunk.Length).ToArray());
        }
    }

    private static void TryRead(ValueColumns values, int row)
    {
        try
        {
            values.ReadVariant(row, Limits);
        }
        catch (OpcUaException refusal) when (Decoding.Contains(refusal.Status.Value))
        {
            // The row is Bad.
        }
    }

    private static int Run(int inputs, IReadOnlyList<byte[]> seeds, IReadOnlySet<uint> declared, FuzzRun.Target target)
    {
        var name = TestContext.Current.TestMethod!.MethodName;
        var run = new FuzzRun(name, Seed);
        run.Run(inputs * Times, new Mutator(seeds, new Random(Seed)).Next, declared, target);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"EDGEAGENT_FUZZ_SEED={Seed}: {run.Refused} of {inputs * Times} inputs refused");
        return run.Refused;
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

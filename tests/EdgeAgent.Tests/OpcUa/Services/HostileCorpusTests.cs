using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>What a hostile server sends gives what the manifest says: each expectation has its check here.</summary>
public sealed class HostileCorpusTests
{
    private const uint TokenId = 1;

    [Fact]
    public void Each_input_gives_what_the_manifest_says()
    {
        var folder = TestPaths.Shared($"{Corpus.Folder}/hostile");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        var entries = manifest.RootElement.EnumerateArray().Select(entry => (
            File: entry.GetProperty("file").GetString()!,
            Expect: entry.GetProperty("expect").GetString()!)).ToList();
        Assert.Equal(
            Directory.EnumerateFiles(folder, "*.bin").Select(Path.GetFileName).Order(),
                entries.Select(entry => entry.File).Order());
        foreach (var (file, expect) in entries)
        {
            Check(file, expect, File.ReadAllBytes(Path.Combine(folder, file)));
        }
    }

    private static void Check(string file, string expect, byte[] input)
    {
        switch (expect)
        {
            case "decodes: 1 result, Double 42.5, Good":
                Assert.Equal(new DataValue(Variant.From(42.5)), ReadOne(input));
                break;
            case "decodes: +Inf, flagged":
                // The flag is set where a value becomes a sample; here it must only arrive.
                Assert.Equal(double.PositiveInfinity, ReadOne(input).Value.AsDouble());
                break;
            case "clean-error":
                AssertRefused(input, file, StatusCodes.BadDecodingError, StatusCodes.BadEncodingLimitsExceeded);
                break;
            case "clean-error or ignore+count":
                AssertRefused(input, file, StatusCodes.BadDecodingError);
                break;
            case "clean-error on a Read call":
                // The channel compares the id with that of the awaited response before anything is decoded.
                Assert.IsNotType<ReadResponse>(Corpus.Decode(Assert.Single(Corpus.Receive(input))));
                break;
            case "decodes as empty or clean-error, < 10 ms":
                Assert.Equal(0, ReadOne(input).Value.Array!.Count);
                var watch = Stopwatch.StartNew();
                ReadOne(input);
                Assert.True(watch.ElapsedMilliseconds < 10, $"{file} took {watch.Elapsed}");
                break;
            case "decodes, must be inert in UI":
                Assert.Equal("<img src=x onerror=alert(1)>", ReadOne(input).Value.AsString());
                break;
            case "decodes clamped to MinValue/MaxValue, flagged":
                var time = ReadOne(input).SourceTime;
                Assert.True(time.IsOutOfRange);
                Assert.Equal(9999, time.ToUtc().Year);
                break;
            case "decodes, index ignored":
                Assert.Equal(new DataValue(Variant.From(42.5)), ReadOne(input));
                break;
            case "connection closed before allocating":
                Assert.True(
                    AllocatedBytes.Of(() => AssertRefused(input, file, StatusCodes.BadTcpMessageTooLarge)) < 64 * 1024);
                break;
            case "connection closed":
                AssertRefused(input, file, StatusCodes.BadTcpMessageTypeInvalid);
                break;
            case "refuse connection":
                var acknowledge = Acknowledge.Decode(input);
                var refusal =
                    Assert.Throws<OpcUaException>(() => TransportAgreement.Of(new TransportLimits(), acknowledge));
                Assert.Equal(StatusCodes.BadTcpNotEnoughResources, refusal.Status.Value);
                break;
            case "connection closed, code logged":
                AssertRefused(input, file, 0x80010000);
                break;
            case "held until limit/timeout then error":
                // Two chunks of a message without its end: nothing is handed over, and the chunks are counted.
                Assert.Empty(Corpus.Receive(input, TokenId));
                var two = new TransportAgreement(65_536, 65_536, 1 << 20, 1, 1 << 20, 1);
                var flood = Assert.Throws<OpcUaException>(() => Corpus.Receive(input, TokenId, two));
                Assert.Equal(StatusCodes.BadResponseTooLarge, flood.Status.Value);
                break;
            case "close channel, log Bad_SequenceNumberInvalid":
                AssertRefused(input, file, StatusCodes.BadSequenceNumberInvalid);
                break;
            case "close channel" when file == "seq-early-wrap.bin":
                AssertRefused(input, file, StatusCodes.BadSequenceNumberInvalid);
                break;
            case "close channel" when file == "token-id-wrong.bin":
                AssertRefused(input, file, StatusCodes.BadSecureChannelTokenUnknown);
                break;
            default:
                Assert.Fail($"{file}: no check for the expectation \"{expect}\"");
                break;
        }
    }

    private static DataValue ReadOne(byte[] input) =>
        Assert.Single(
            Assert.IsType<ReadResponse>(Corpus.Decode(Assert.Single(Corpus.Receive(input, TokenId)))).Results);

    private static void AssertRefused(byte[] input, string file, params uint[] statuses)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<OpcUaException>(() =>
        {
            foreach (var message in Corpus.Receive(input, TokenId))
            {
                Corpus.Decode(message);
            }
        });
        Assert.True(statuses.Contains(error.Status.Value), $"{file}: {error.Message}");

        // The rig copies the frames twice.
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (64 * 1024) + (18L * input.Length), $"{file}: {allocated} bytes for {input.Length}");
    }
}

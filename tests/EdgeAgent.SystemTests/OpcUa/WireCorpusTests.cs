using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Host;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The values that real servers sent in recorded messages, compared with what tshark decodes of them.</summary>
public sealed class WireCorpusTests
{
    private const int Port = 4840;

    // Header of the frame, channel, token, sequence number and request id.
    private const int BodyOffset = 24;

    [Theory]
    [InlineData(Tshark.ReadResponse, 200)]
    [InlineData(Tshark.PublishResponse, 10)]
    public async Task Every_value_of_the_recorded_messages_is_the_one_that_tshark_decodes(int service, int least)
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "data", "corpora", "opcua", "response");
        Assert.SkipUnless(Directory.Exists(folder), $"Reference data {folder} is absent.");
        var frames = new List<byte[]>();
        var values = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, $"MSG-i{service}-*.bin").Order(StringComparer.Ordinal))
        {
            var frame = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            try
            {
                var sent = Decode(frame);
                if (!sent.Any(value => IsNotComparable(value.Value)))
                {
                    values.AddRange(sent.Select(WireText.Of));
                    frames.Add(frame);
                }
            }
            catch (OpcUaException)
            {
                // Refused; what is refused, and why, is counted where the corpora are tested.
            }
        }

        await using var wire = await Tshark.OfAsync(frames, Port);
        var decoded = await wire.ReadValuesAsync(service);

        Assert.Equal(decoded.Select(value => value.ToString()), values);
        Assert.True(values.Count >= least, $"{values.Count} values");
    }

    // The notation of both sides has no DiagnosticInfos within each other.
    private static bool IsNotComparable(Variant value) => value.Type == BuiltInType.DiagnosticInfo;

    private static IReadOnlyList<DataValue> Decode(byte[] frame)
    {
        var reader = new UaReader(frame.AsSpan(BodyOffset), DecodingLimits.Default);
        var values = reader.ReadNodeId().Numeric == Tshark.ReadResponse
            ? ReadResponse.Decode(ref reader).Results
            : [.. PublishResponse.Decode(ref reader).NotificationMessage.NotificationData
                .Select(data => data.As<DataChangeNotification>(DecodingLimits.Default))
                .SelectMany(data => data?.MonitoredItems ?? [])
                .Select(item => item.Value)];
        reader.ExpectEnd();
        return values;
    }
}

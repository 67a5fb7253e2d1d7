using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.Tests.OpcUa.Binary;
using EdgeAgent.Tests.OpcUa.Services;
using EdgeAgent.Tests.OpcUa.Structures;

namespace EdgeAgent.Tests.OpcUa.Fuzz;

/// <summary>What inputs are made from: messages built here, and the recorded ones where they are at hand.</summary>
internal sealed class FuzzSeeds
{
    // Large seeds cost time and show nothing that small ones do not.
    private const int SizeMax = 4_096;
    private const int FrameHeadBytes = 24;

    public FuzzSeeds(int seed)
    {
        var values = new RandomValues(seed);
        var writer = new UaWriter();
        byte[] Written(Action write)
        {
            writer.Reset();
            write();
            return writer.WrittenSpan.ToArray();
        }

        Variants = [.. Enumerable.Range(0, 400).Select(_ => Written(() => writer.WriteVariant(values.Variant()))).Where(IsSmall)];
        Structures = [.. Enumerable.Range(0, 60).Select(_ => Written(() => writer.WriteVariant(Plant.AMachine())))];
        Messages =
        [
            .. Services.Structures.ByEncodingId.SelectMany(pair => Enumerable.Range(0, 3).Select(_ => Written(() =>
            {
                writer.WriteEncodingId(pair.Key);
                writer.WriteBytes(Services.Structures.Encode(values.Structure(pair.Value)));
            }))).Where(IsSmall),
            .. Recorded("response").Concat(Recorded("hostile")).Concat(Recorded("open62541/binary_message"))
                .Where(frame => frame.Length > FrameHeadBytes).Select(frame => frame[FrameHeadBytes..]),
        ];
        Publishes =
        [
            .. Enumerable.Range(0, 100).Select(_ => Services.Structures.Encode(Publish(values))).Where(IsSmall),
            .. Recorded("response", "-i829-").Select(frame => frame[(FrameHeadBytes + 4)..]),
        ];
        Frames = [.. Recorded("response"), .. Recorded("hostile"), .. Recorded("open62541/binary_message"), .. BuiltFrames];
    }

    /// <summary>Encoded Variants.</summary>
    public IReadOnlyList<byte[]> Variants { get; }

    /// <summary>Encoded Variants that hold structures of <see cref="Plant"/>.</summary>
    public IReadOnlyList<byte[]> Structures { get; }

    /// <summary>Encoding id and structure.</summary>
    public IReadOnlyList<byte[]> Messages { get; }

    /// <summary>PublishResponses from their headers on.</summary>
    public IReadOnlyList<byte[]> Publishes { get; }

    /// <summary>Whole frames under the policy None.</summary>
    public IReadOnlyList<byte[]> Frames { get; }

    private static IEnumerable<byte[]> BuiltFrames =>
    [
        [.. "ACKF"u8, 28, 0, 0, 0, .. new byte[20]],
        [.. "ERRF"u8, 20, 0, 0, 0, 0, 0, 1, 0x80, 4, 0, 0, 0, .. "why?"u8],
        [.. "HELF"u8, 41, 0, 0, 0, .. new byte[20], 9, 0, 0, 0, .. "opc.tcp:/"u8],
        [.. "MSGF"u8, 28, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0x3D, 3],
        [.. "MSGA"u8, 32, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0x80, 0xFF, 0xFF, 0xFF, 0xFF],
    ];

    private static PublishResponse Publish(RandomValues values) => new()
    {
        SubscriptionId = 1,
        AvailableSequenceNumbers = [1, 2, 3],
        NotificationMessage = new()
        {
            NotificationData =
            [
                ExtensionObject.Of(new DataChangeNotification
                {
                    MonitoredItems =
                    [
                        .. Enumerable.Range(0, values.Random.Next(12)).Select(i => new MonitoredItemNotification
                        {
                            ClientHandle = (uint)i,
                            Value = i % 2 == 0 ? values.DataValue() : new(Variant.From(i * 0.5), 0, new(1), new(2)),
                        }),
                    ],
                }),
                ExtensionObject.Of(new StatusChangeNotification { Status = 5 }),
            ],
        },
        Results = [1, 2],
    };

    private static bool IsSmall(byte[] bytes) => bytes.Length <= SizeMax;

    private static IEnumerable<byte[]> Recorded(string folder, string part = "")
    {
        var path = Path.Combine(TestPaths.Root, "..", "shared", Corpus.Folder, folder);
        return !Directory.Exists(path) ? []
            : Directory.EnumerateFiles(path)
                .Where(file => file.Contains(part, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(IsSmall);
    }
}

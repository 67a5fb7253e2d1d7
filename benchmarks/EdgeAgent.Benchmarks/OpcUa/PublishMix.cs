using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Benchmarks.OpcUa;

/// <summary>PublishResponses with one notification of many values, each with a status and both times.</summary>
internal static class PublishMix
{
    // UncertainInitialValue and the like: a status that is not Good stands on the wire.
    private const uint Uncertain = 0x4000_0000;

    private const long SomeDay = 134_000_000_000_000_000;

    public static PublishResponse Of(string content, int count) => new()
    {
        ResponseHeader = new() { Timestamp = new(SomeDay), RequestHandle = 7 },
        SubscriptionId = 1,
        AvailableSequenceNumbers = [41, 42],
        NotificationMessage = new()
        {
            SequenceNumber = 42,
            PublishTime = new(SomeDay),
            NotificationData =
            [
                ExtensionObject.Of(new DataChangeNotification
                {
                    MonitoredItems =
                    [
                        .. Enumerable.Range(0, count).Select(i => new MonitoredItemNotification
                        {
                            ClientHandle = (uint)i,
                            Value = new(Value(content, i), Uncertain, new(SomeDay + i), new(SomeDay + (2 * i))),
                        }),
                    ],
                }),
            ],
        },
    };

    public static byte[] Encode<T>(T message)
        where T : IUaStructure<T>
    {
        var writer = new UaWriter();
        message.Encode(writer);
        return writer.WrittenSpan.ToArray();
    }

    // "mixed" is what a machine shows: half of it floats, then counters, switches, states, a name now and then.
    public static Variant Value(string content, int i) => content == "Double" ? Variant.From(i * 0.1) : (i % 10) switch
    {
        < 4 => Variant.From(i * 0.1f),
        4 => Variant.From(i * 0.1),
        5 or 6 => Variant.From(i),
        7 => Variant.From(i % 3 == 0),
        8 => Variant.From((ushort)i),
        _ => Variant.From($"Programme {i}"),
    };
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>What a message costs on its way from the receive loop to the sink.</summary>
public sealed class PublishPumpTests
{
    private const int Rounds = 8;

    [Fact]
    public void A_message_of_ten_thousand_values_allocates_no_more_than_one_of_ten()
    {
        var few = AllocatedFor(10);
        var many = AllocatedFor(10_000);

        Assert.Equal(few, many);
        Assert.InRange(many, 0, 1_000);
    }

    private static long AllocatedFor(int values)
    {
        var clock = new FakeTimeProvider();
        var ledger = new CountingSink();
        var tags = Enumerable.Range(0, values).Select(i => new MonitoredTag((uint)i, new(null, new NodeId((uint)i + 1))))
            .ToList();
        var context = new RunnerContext(tags, new(), ledger, new NoEvents(), clock, new());
        var subscription = new ActiveSubscription(0, TimeSpan.FromSeconds(1), [.. Enumerable.Range(0, values)]) { Id = 5 };
        for (var tag = 0; tag < values; tag++)
        {
            context.Tags.Assign(tag, 0, 0);
        }

        context.Reception.Add(subscription);
        var pump = new PublishPump(context, new SilentPort(), new(2));
        pump.TopUp();
        var messages = Enumerable.Range(1, Rounds).Select(number => Message((uint)number, values)).ToList();
        var next = 0;
        var allocated = AllocatedBytes.Of(
            () =>
            {
                var reader = new UaReader(messages[next++], DecodingLimits.Default);
                pump.OnResponse(PublishResponse.EncodingId, ref reader);
            },
            Rounds);
        Assert.Equal(Rounds * values, ledger.Count);
        return allocated;
    }

    private static byte[] Message(uint sequence, int values)
    {
        var rows = Enumerable.Range(0, values).Select(i => new MonitoredItemNotification
        {
            ClientHandle = (uint)i,
            Value = new(Variant.From(i + 0.5), default, new(500 + sequence), new(600 + sequence)),
        });
        var response = new PublishResponse
        {
            SubscriptionId = 5,
            NotificationMessage = new()
            {
                SequenceNumber = sequence,
                PublishTime = new(1_000 + sequence),
                NotificationData = [ExtensionObject.Of(new DataChangeNotification { MonitoredItems = [.. rows] })],
            },
        };
        var writer = new UaWriter();
        response.Encode(writer);
        return writer.WrittenSpan.ToArray();
    }

    private sealed class CountingSink : IValueSink
    {
        public bool HasRoom => true;

        public long Count { get; private set; }

        public void Take(ValueColumns values, ValueOrigin origin) => Count += values.Count;

        public void Bad(uint handle, StatusCode status) => throw new InvalidOperationException($"{handle} {status}");

        public void Lost(LostSpan span) => throw new InvalidOperationException($"{span}");
    }
}

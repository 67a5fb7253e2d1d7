using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.Tests.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Services;

public sealed class PublishResponseReaderTests
{
    private static readonly DecodingLimits Limits = DecodingLimits.Default;

    private readonly PublishResponseReader _reader = new();
    private readonly ValueColumns _values = new();

    [Fact]
    public void Any_values_stand_in_the_columns_as_they_were_sent()
    {
        var values = new RandomValues(21);
        for (var round = 0; round < 200; round++)
        {
            var items = Enumerable.Range(0, values.Random.Next(40))
                .Select(i => new MonitoredItemNotification { ClientHandle = (uint)i * 7, Value = values.DataValue() })
                .ToList();
            Read(Response(items));
            Assert.Equal(items.Count, _values.Count);
            for (var row = 0; row < items.Count; row++)
            {
                var expected = items[row].Value with { SourcePicoseconds = 0, ServerPicoseconds = 0 };
                Assert.Equal(items[row].ClientHandle, _values.Handles[row]);
                Assert.Equal(expected, _values.ReadDataValue(row, Limits));
            }
        }
    }

    [Fact]
    public void All_other_facts_of_the_response_are_there()
    {
        var response = Response([]) with
        {
            ResponseHeader =
                new() { Timestamp = new(5), ServiceResult = StatusCodes.GoodOverload, StringTable = ["a"] },
            SubscriptionId = 77,
            AvailableSequenceNumbers = [4, 5],
            MoreNotifications = true,
            NotificationMessage = new()
            {
                SequenceNumber = 6,
                PublishTime = new(8),
                NotificationData =
                [
                    ExtensionObject.Of(new StatusChangeNotification { Status = StatusCodes.BadTimeout }),
                    new(new(916), new byte[] { 1, 2, 3 }, ExtensionObjectBody.Binary),
                    default,
                ],
            },
            Results = [StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown],
            DiagnosticInfos = [null, new() { SymbolicId = 1 }],
        };
        Read(response);
        Assert.Equal(new(5), _reader.Timestamp);
        Assert.Equal(StatusCodes.GoodOverload, _reader.ServiceResult.Value);
        Assert.Equal(77u, _reader.SubscriptionId);
        Assert.Equal([4, 5], _reader.AvailableSequenceNumbers);
        Assert.True(_reader.MoreNotifications);
        Assert.Equal(6u, _reader.SequenceNumber);
        Assert.Equal(new(8), _reader.PublishTime);
        Assert.False(_reader.IsKeepAlive);
        Assert.Equal(StatusCodes.BadTimeout, _reader.StatusChange!.Value.Value);
        Assert.Equal(2, _reader.OtherNotifications);
        Assert.Equal([StatusCodes.Good, StatusCodes.BadSequenceNumberUnknown],
            _reader.Results.Select(status => status.Value));

        Read(Response([]) with { NotificationMessage = new() { SequenceNumber = 7 } });
        Assert.True(_reader.IsKeepAlive);
        Assert.Null(_reader.StatusChange);
        Assert.Empty(_reader.Results);
    }

    [Fact]
    public void A_republish_response_is_read_alike()
    {
        var message = Response([new() { ClientHandle = 3, Value = new(Variant.From(1.5)) }]).NotificationMessage;
        var reader = new UaReader(Structures.Encode(new RepublishResponse { NotificationMessage = message }), Limits);
        _reader.ReadRepublish(ref reader, _values);
        Assert.Equal(3u, _values.Handles[0]);
        Assert.Equal(Variant.From(1.5), _values.ReadVariant(0, Limits));
    }

    [Theory]
    [InlineData(StatusCodes.BadNoSubscription)]
    public void A_fault_has_nothing_behind_its_header(uint status)
    {
        var reader = new UaReader(
            Structures.Encode(new ServiceFault { ResponseHeader = new() { ServiceResult = status } }), Limits);
        _reader.ReadPublish(ref reader, _values);
        Assert.Equal(status, _reader.ServiceResult.Value);
    }

    [Fact]
    public void A_text_that_is_not_utf8_harms_its_own_row_only()
    {
        var response = Structures.Encode(Response(
        [
            new() { ClientHandle = 1, Value = new(Variant.From("good")) },
            new() { ClientHandle = 2, Value = new(Variant.From("~~bad~~"), sourceTime: new(9)) },
            new() { ClientHandle = 3, Value = new(Variant.From(new UaArray(BuiltInType.String, new[] { "~~bad~~" }))) },
            new() { ClientHandle = 4, Value = new(Variant.From(new LocalizedText("~~bad~~", "x"))) },
            new() { ClientHandle = 5, Value = new(Variant.From(5.0)) },
        ]));
        for (var at = response.AsSpan().IndexOf("~~bad~~"u8); at >= 0; at = response.AsSpan().IndexOf("~~bad~~"u8))
        {
            response[at] = 0xFF;
        }

        var reader = new UaReader(response, Limits);
        _reader.ReadPublish(ref reader, _values);
        Assert.Equal(5, _values.Count);
        Assert.Equal(Variant.From("good"), _values.ReadVariant(0, Limits));
        for (var row = 1; row <= 3; row++)
        {
            var error = Assert.Throws<OpcUaException>(() => _values.ReadVariant(row, Limits));
            Assert.Equal(StatusCodes.BadDecodingError, error.Status.Value);
        }

        Assert.Equal(new(9), _values.SourceTimes[1]);
        Assert.Equal(Variant.From(5.0), _values.ReadVariant(4, Limits));
    }

    // Real servers send both. It was worse to give up the whole message, and with it the channel, again and again.
    [Theory]
    [InlineData("C403000000" + "010002000300" + "02000000" + "02000000" + "02000000", "dimensions of a matrix")]
    [InlineData("17010101", "a DataValue lies within a DataValue")]
    public void A_value_that_cannot_be_harms_its_own_row_only(string variant, string message)
    {
        var body = new UaWriter();
        body.WriteInt32(2);
        body.WriteUInt32(7);
        body.WriteByte(1);
        body.WriteBytes(Convert.FromHexString(variant));
        new MonitoredItemNotification { ClientHandle = 8, Value = new(Variant.From(2.5)) }.Encode(body);
        body.WriteInt32(-1);
        Read(Response([]) with
        {
            NotificationMessage = new()
            {
                NotificationData = [new(new(811), body.WrittenSpan.ToArray(), ExtensionObjectBody.Binary)],
            },
        });
        Assert.Equal([7, 8], _values.Handles.ToArray());
        Assert.Contains(message, Assert.Throws<OpcUaException>(() => _values.ReadVariant(0, Limits)).Message,
            StringComparison.Ordinal);
        Assert.Equal(Variant.From(2.5), _values.ReadVariant(1, Limits));
    }

    [Fact]
    public void A_notification_that_is_not_as_long_as_it_claims_is_malformed()
    {
        var message = Structures.Encode(Response([new() { Value = new(Variant.From(1.5)) }]));
        var at = message.AsSpan().IndexOf<byte>([1, 0, 0x2B, 3, 1]) + 5;
        for (sbyte wrong = -1; wrong <= 1; wrong += 2)
        {
            var changed = message.ToArray();
            changed[at] = (byte)(changed[at] + wrong);
            Assert.Throws<OpcUaException>(() => Read(changed));
        }
    }

    [Fact]
    public void Ten_thousand_numbers_are_decoded_without_allocation()
    {
        var message =
            Structures.Encode(Response([.. Enumerable.Range(0, 10_000).Select(i => new MonitoredItemNotification
        {
            ClientHandle = (uint)i,
            Value = new(Variant.From(i * 0.5), 0x40000000, new(1_000_000 + i), new(2_000_000 + i)),
        })]));
        Assert.Equal(0, AllocatedBytes.Of(() => Read(message)));
        Assert.Equal(10_000, _values.Count);
        Assert.Equal(BitConverter.DoubleToInt64Bits(4_999.5), _values.Bits[9_999]);
        Assert.Equal(new(2_009_999), _values.ServerTimes[9_999]);
    }

    [Fact]
    public void Values_of_all_types_are_decoded_without_allocation()
    {
        var values = new RandomValues(22);
        var message =
            Structures.Encode(Response([.. Enumerable.Range(0, 2_000).Select(i => new MonitoredItemNotification
        {
            ClientHandle = (uint)i,
            Value = values.DataValue(),
        })]));
        Assert.Equal(0, AllocatedBytes.Of(() => Read(message)));
    }

    // Each notification of one row made the columns grow by two once: memory by the square of the rows.
    [Fact]
    public void Many_small_notifications_do_not_make_the_columns_grow_each_time()
    {
        MonitoredItemNotification[] one = [new()];
        var many = Enumerable.Repeat(new MonitoredItemNotification(), 30_000).ToList();
        var message = Structures.Encode(Response([]) with
        {
            NotificationMessage = new()
            {
                NotificationData =
                [
                    ExtensionObject.Of(new DataChangeNotification { MonitoredItems = many }),
                    .. Enumerable.Repeat(ExtensionObject.Of(new DataChangeNotification { MonitoredItems = one }),
                        5_000),
                ],
            },
        });
        var reader = new PublishResponseReader();
        var columns = new ValueColumns();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var input = new UaReader(message, Limits);
        reader.ReadPublish(ref input, columns);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= (64 * 1024) + (16L * message.Length));
        Assert.Equal(35_000, columns.Count);
    }

    private static PublishResponse Response(IReadOnlyList<MonitoredItemNotification> items) => new()
    {
        SubscriptionId = 1,
        NotificationMessage = new()
        {
            SequenceNumber = 2,
            NotificationData = [ExtensionObject.Of(new DataChangeNotification { MonitoredItems = items })],
        },
    };

    private void Read(PublishResponse response) => Read(Structures.Encode(response));

    private void Read(byte[] message)
    {
        var reader = new UaReader(message, Limits);
        _reader.ReadPublish(ref reader, _values);
    }
}

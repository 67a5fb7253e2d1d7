using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class SubscriptionServicesTests : IDisposable
{
    private readonly ServerRig _rig = new();

    public SubscriptionServicesTests()
    {
        _rig.AddCounter();
        _rig.Open();
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Intervals_and_counts_are_revised()
    {
        var answer = _rig.Call<CreateSubscriptionRequest, CreateSubscriptionResponse>(new()
        {
            RequestHeader = _rig.Header,
            RequestedPublishingInterval = 1,
            RequestedMaxKeepAliveCount = 0,
            RequestedLifetimeCount = 1,
        });

        Assert.Equal(
            (10.0, 1u, 3u),
            (answer.RevisedPublishingInterval, answer.RevisedMaxKeepAliveCount, answer.RevisedLifetimeCount));
    }

    [Theory]
    [InlineData(-1, 250)]
    [InlineData(0, 10)]
    [InlineData(5, 10)]
    [InlineData(70, 70)]
    [InlineData(double.NaN, 250)]
    public void A_sampling_interval_is_revised(double asked, double revised) =>
        Assert.Equal(
            revised, _rig.Monitor(_rig.Subscribe(interval: 250), _rig.Id("Counter"), asked).RevisedSamplingInterval);

    [Fact]
    public void A_variable_may_not_be_sampled_faster_than_it_says()
    {
        _rig.Space.AddVariable(
            AddressSpace.Objects,
            new VariableDefinition(_rig.Id("Slow"), "Slow") { MinimumSamplingInterval = 500 });

        Assert.Equal(500, _rig.Monitor(_rig.Subscribe(), _rig.Id("Slow")).RevisedSamplingInterval);
    }

    [Theory]
    [InlineData("Nowhere", AttributeIds.Value, StatusCodes.BadNodeIdUnknown)]
    [InlineData("Counter", 99u, StatusCodes.BadAttributeIdInvalid)]
    public void An_item_that_cannot_be_is_refused(string node, uint attribute, uint status) =>
        Assert.Equal(
            new StatusCode(status), _rig.Monitor(_rig.Subscribe(), _rig.Id(node), attribute: attribute).StatusCode);

    [Fact]
    public void Items_are_bounded()
    {
        using var rig = new ServerRig(new() { Limits = new() { MonitoredItems = 1, QueueSize = 4 } });
        rig.AddCounter();
        rig.Open();
        var subscription = rig.Subscribe();

        Assert.Equal(4u, rig.Monitor(subscription, rig.Id("Counter"), queue: 1_000).RevisedQueueSize);
        Assert.Equal(
            new StatusCode(StatusCodes.BadTooManyMonitoredItems),
            rig.Monitor(subscription, rig.Id("Counter")).StatusCode);
    }

    [Fact]
    public void A_deleted_item_says_no_more()
    {
        var subscription = _rig.Subscribe();
        var item = _rig.Monitor(subscription, _rig.Id("Counter"));
        Assert.Equal(1, _rig.Core.State.MonitoredItemCount);

        var deleted = _rig.Call<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>(new()
        {
            RequestHeader = _rig.Header,
            SubscriptionId = subscription,
            MonitoredItemIds = [item.MonitoredItemId, 4711],
        });

        Assert.Equal([StatusCode.Good, new StatusCode(StatusCodes.BadMonitoredItemIdInvalid)], deleted.Results);
        Assert.Equal(0, _rig.Core.State.MonitoredItemCount);
        var request = _rig.Publish();
        _rig.Advance(100);
        Assert.Empty(ServerRig.ValuesOf(_rig.Answer(request)));
    }

    [Fact]
    public void A_modified_item_has_its_new_handle_queue_and_interval()
    {
        var subscription = _rig.Subscribe();
        var item = _rig.Monitor(subscription, _rig.Id("Counter"));
        var counter = _rig.Space.Find(_rig.Id("Counter"));
        _rig.Core.Every(TimeSpan.FromMilliseconds(10), now => _rig.Space.CountUp([counter], now));

        var modified = _rig.Call<ModifyMonitoredItemsRequest, ModifyMonitoredItemsResponse>(new()
        {
            RequestHeader = _rig.Header,
            SubscriptionId = subscription,
            TimestampsToReturn = TimestampsToReturn.Neither,
            ItemsToModify =
            [
                new()
                {
                    MonitoredItemId = item.MonitoredItemId,
                    RequestedParameters = new()
                    {
                        ClientHandle = 99,
                        SamplingInterval = 20,
                        QueueSize = 50,
                        DiscardOldest = true,
                    },
                },
            ],
        }).Results[0];

        Assert.Equal((20.0, 50u), (modified.RevisedSamplingInterval, modified.RevisedQueueSize));
        var request = _rig.Publish();
        _rig.Advance(100);
        var values = ServerRig.ValuesOf(_rig.Answer(request));
        Assert.InRange(values.Count, 5, 6);
        Assert.All(values, one => Assert.Equal(
            (99u, true, true), (one.ClientHandle, one.Value.SourceTime.IsNone, one.Value.ServerTime.IsNone)));
    }

    [Theory]
    [InlineData(MonitoringMode.Disabled)]
    [InlineData(MonitoringMode.Sampling)]
    public void An_item_that_does_not_report_publishes_nothing(MonitoringMode mode)
    {
        var subscription = _rig.Subscribe(keepAlive: 1);
        _rig.Monitor(subscription, _rig.Id("Counter"), mode: mode);

        var request = _rig.Publish();
        _rig.Advance(100);

        Assert.Empty(ServerRig.ValuesOf(_rig.Answer(request)));
    }

    [Fact]
    public void A_disabled_item_is_not_sampled_and_begins_anew()
    {
        var subscription = _rig.Subscribe();
        var item = _rig.Monitor(subscription, _rig.Id("Counter")).MonitoredItemId;
        void SetMode(MonitoringMode mode) => _rig.Call<SetMonitoringModeRequest, SetMonitoringModeResponse>(new()
        {
            RequestHeader = _rig.Header,
            SubscriptionId = subscription,
            MonitoringMode = mode,
            MonitoredItemIds = [item],
        });
        SetMode(MonitoringMode.Disabled);
        var request = _rig.Publish();
        _rig.Advance(100);
        Assert.Empty(ServerRig.ValuesOf(_rig.Answer(request)));

        SetMode(MonitoringMode.Reporting);
        request = _rig.Publish();
        _rig.Advance(100);

        Assert.Single(ServerRig.ValuesOf(_rig.Answer(request)));
    }

    [Fact]
    public void Publishing_can_be_switched_off_and_on()
    {
        var subscription = _rig.Subscribe(keepAlive: 1);
        _rig.Monitor(subscription, _rig.Id("Counter"));
        foreach (var isEnabled in new[] { false, true })
        {
            _rig.Call<SetPublishingModeRequest, SetPublishingModeResponse>(
                new() { RequestHeader = _rig.Header, PublishingEnabled = isEnabled, SubscriptionIds = [subscription] });

            var request = _rig.Publish();
            _rig.Advance(100);

            Assert.Equal(isEnabled ? 1 : 0, ServerRig.ValuesOf(_rig.Answer(request)).Count);
        }
    }

    [Fact]
    public void A_disabled_subscription_only_says_that_it_lives()
    {
        var subscription = _rig.Subscribe(keepAlive: 1, isEnabled: false);
        _rig.Monitor(subscription, _rig.Id("Counter"));

        var request = _rig.Publish();
        _rig.Advance(100);

        Assert.Empty(ServerRig.ValuesOf(_rig.Answer(request)));
    }

    [Fact]
    public void A_transferred_subscription_brings_what_was_not_acknowledged()
    {
        var subscription = _rig.Subscribe();
        _rig.Monitor(subscription, _rig.Id("Counter"));
        var request = _rig.Publish();
        _rig.Advance(100);
        Assert.NotNull(_rig.Answer(request));
        var oldRequest = _rig.Publish();
        var (oldConnection, oldToken) = (_rig.Connection, _rig.Token);
        _rig.Connection = new(_rig.Core);
        _rig.Open();

        var transferred = Transfer(subscription, sendInitialValues: true);

        Assert.Equal([1u], transferred.AvailableSequenceNumbers);
        var told = ServerRig.Decode<PublishResponse>(oldConnection.Answers[oldRequest]);
        Assert.Equal(
            new StatusCode(StatusCodes.GoodSubscriptionTransferred),
            told.NotificationMessage.NotificationData[0].As<StatusChangeNotification>(DecodingLimits.Default)!.Status);
        request = _rig.Publish();
        _rig.Advance(100);
        Assert.Single(ServerRig.ValuesOf(_rig.Answer(request)));
        Assert.NotEqual(oldToken, _rig.Token);
    }

    [Fact]
    public void A_subscription_outlives_its_session_until_its_own_end()
    {
        var subscription = _rig.Subscribe(interval: 1_000, lifetime: 90);
        _rig.Call<CloseSessionRequest, CloseSessionResponse>(new() { RequestHeader = _rig.Header });
        _rig.Open();

        Assert.Equal(StatusCode.Good, Transfer(subscription).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadSubscriptionIdInvalid), Transfer(4711).StatusCode);
    }

    [Fact]
    public void Resend_data_gives_the_last_values_again()
    {
        var subscription = _rig.Subscribe(keepAlive: 1);
        _rig.Monitor(subscription, _rig.Id("Counter"), handle: 3);
        var request = _rig.Publish();
        _rig.Advance(100);
        Assert.Single(ServerRig.ValuesOf(_rig.Answer(request)));

        Assert.Equal(StatusCode.Good, Call(12873, Variant.From(subscription)).StatusCode);

        request = _rig.Publish();
        _rig.Advance(100);
        Assert.Single(ServerRig.ValuesOf(_rig.Answer(request)));
    }

    [Fact]
    public void Get_monitored_items_names_them_by_both_handles()
    {
        var subscription = _rig.Subscribe();
        var item = _rig.Monitor(subscription, _rig.Id("Counter"), handle: 3);

        var answer = Call(11492, Variant.From(subscription));

        Assert.Equal(
            [
                Variant.From(new UaArray(BuiltInType.UInt32, new[] { item.MonitoredItemId })),
                Variant.From(new UaArray(BuiltInType.UInt32, new[] { 3u })),
            ],
            answer.OutputArguments);
    }

    [Fact]
    public void No_other_method_can_be_called()
    {
        var subscription = Variant.From(_rig.Subscribe());

        Assert.Equal(new StatusCode(StatusCodes.BadMethodInvalid), Call(12886, subscription).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadInvalidArgument), Call(12873, Variant.From(1.5)).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadArgumentsMissing), Call(12873).StatusCode);
        Assert.Equal(
            new StatusCode(StatusCodes.BadTooManyArguments), Call(12873, subscription, subscription).StatusCode);
        Assert.Equal(new StatusCode(StatusCodes.BadSubscriptionIdInvalid), Call(12873, Variant.From(4711u)).StatusCode);
    }

    private CallMethodResult Call(uint method, params IReadOnlyList<Variant> arguments) =>
        _rig.Call<CallRequest, CallResponse>(new()
        {
            RequestHeader = _rig.Header,
            MethodsToCall = [new() { ObjectId = new(2253), MethodId = new(method), InputArguments = arguments }],
        }).Results[0];

    private TransferResult Transfer(uint subscription, bool sendInitialValues = false) =>
        _rig.Call<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(new()
        {
            RequestHeader = _rig.Header,
            SubscriptionIds = [subscription],
            SendInitialValues = sendInitialValues,
        }).Results[0];
}

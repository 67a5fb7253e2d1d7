using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// The services of subscriptions (Part 4, 5.13 and 5.14), one method each. The session keeps no list of them.
/// </summary>
public sealed partial class ClientSession
{
    /// <param name="request">Its header is filled in.</param>
    public Task<CreateSubscriptionResponse> CreateSubscriptionAsync(
        CreateSubscriptionRequest request, CancellationToken cancellationToken) =>
        CallAsync<CreateSubscriptionRequest, CreateSubscriptionResponse>(
            request with { RequestHeader = Header() }, cancellationToken);

    /// <param name="request">Its header is filled in.</param>
    public Task<ModifySubscriptionResponse> ModifySubscriptionAsync(
        ModifySubscriptionRequest request, CancellationToken cancellationToken) =>
        CallAsync<ModifySubscriptionRequest, ModifySubscriptionResponse>(
            request with { RequestHeader = Header() }, cancellationToken);

    public async Task<IReadOnlyList<StatusCode>> DeleteSubscriptionsAsync(
        IReadOnlyList<uint> subscriptions, CancellationToken cancellationToken)
    {
        var request = new DeleteSubscriptionsRequest { RequestHeader = Header(), SubscriptionIds = subscriptions };
        var response = await CallAsync<DeleteSubscriptionsRequest, DeleteSubscriptionsResponse>(
            request, cancellationToken);
        return Batches.Expect(response.Results, subscriptions.Count);
    }

    /// <summary>Takes subscriptions over from another session (Part 4, 5.14.7).</summary>
    public async Task<IReadOnlyList<TransferResult>> TransferSubscriptionsAsync(
        IReadOnlyList<uint> subscriptions, bool sendInitialValues, CancellationToken cancellationToken)
    {
        var request = new TransferSubscriptionsRequest
        {
            RequestHeader = Header(),
            SubscriptionIds = subscriptions,
            SendInitialValues = sendInitialValues,
        };
        var response =
            await CallAsync<TransferSubscriptionsRequest, TransferSubscriptionsResponse>(request, cancellationToken);
        return Batches.Expect(response.Results, subscriptions.Count);
    }

    /// <param name="maxPerCall">
    /// A bound below that of <see cref="Limits"/>, where something is known about the server.
    /// </param>
    public Task<IReadOnlyList<MonitoredItemCreateResult>> CreateMonitoredItemsAsync(
        uint subscription,
        IReadOnlyList<MonitoredItemCreateRequest> items,
        TimestampsToReturn timestamps,
        int maxPerCall,
        CancellationToken cancellationToken) =>
        ItemBatches(maxPerCall).RunAsync(items, EncodedSize.Of, async batch =>
        {
            var request = new CreateMonitoredItemsRequest
            {
                RequestHeader = Header(),
                SubscriptionId = subscription,
                TimestampsToReturn = timestamps,
                ItemsToCreate = batch,
            };
            return (await CallAsync<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(
                request, cancellationToken)).Results;
        });

    public Task<IReadOnlyList<MonitoredItemModifyResult>> ModifyMonitoredItemsAsync(
        uint subscription,
        IReadOnlyList<MonitoredItemModifyRequest> items,
        TimestampsToReturn timestamps,
        int maxPerCall,
        CancellationToken cancellationToken) =>
        ItemBatches(maxPerCall).RunAsync(items, static _ => EncodedSize.MonitoredItemModifyBytes, async batch =>
        {
            var request = new ModifyMonitoredItemsRequest
            {
                RequestHeader = Header(),
                SubscriptionId = subscription,
                TimestampsToReturn = timestamps,
                ItemsToModify = batch,
            };
            return (await CallAsync<ModifyMonitoredItemsRequest, ModifyMonitoredItemsResponse>(
                request, cancellationToken)).Results;
        });

    public Task<IReadOnlyList<StatusCode>> DeleteMonitoredItemsAsync(
        uint subscription, IReadOnlyList<uint> items, int maxPerCall, CancellationToken cancellationToken) =>
        ItemBatches(maxPerCall).RunAsync(items, static _ => sizeof(uint), async batch =>
        {
            var request = new DeleteMonitoredItemsRequest
            {
                RequestHeader = Header(),
                SubscriptionId = subscription,
                MonitoredItemIds = batch,
            };
            return (await CallAsync<DeleteMonitoredItemsRequest, DeleteMonitoredItemsResponse>(
                request, cancellationToken)).Results;
        });

    /// <summary>Makes a PublishRequest of this session, to be posted.</summary>
    public PublishRequest NewPublish(IReadOnlyList<SubscriptionAcknowledgement> acknowledgements) =>
        new() { RequestHeader = Header(), SubscriptionAcknowledgements = acknowledgements };

    /// <summary>Sends a Publish; the answer goes to the handler, on the channel's receive loop.</summary>
    /// <exception cref="OpcUaException">It was not sent; the handler is not called.</exception>
    public void PostPublish(PublishRequest request, ResponseHandler handler, TimeSpan timeout) =>
        _channel.Post(request, handler, timeout);

    /// <summary>Sends a Republish (Part 4, 5.14.6); the answer goes to the handler.</summary>
    /// <exception cref="OpcUaException">It was not sent; the handler is not called.</exception>
    public void PostRepublish(uint subscription, uint sequenceNumber, ResponseHandler handler) =>
        _channel.Post(
            new RepublishRequest
            {
                RequestHeader = Header(),
                SubscriptionId = subscription,
                RetransmitSequenceNumber = sequenceNumber,
            },
            handler,
            Settings.RequestTimeout);

    /// <summary>Makes the server send the present value of every item again (Part 5, 9.2).</summary>
    /// <exception cref="OpcUaException">
    /// The server refused, for example because it does not have the method.
    /// </exception>
    public async Task ResendDataAsync(uint subscription, CancellationToken cancellationToken) =>
        await CallAsync(ServerMethods.ResendData(Header(), subscription), cancellationToken);

    /// <summary>The items that the server really has in a subscription (Part 5, 9.1).</summary>
    /// <returns>The server's ids, and in the same order the client's handles.</returns>
    /// <exception cref="OpcUaException">
    /// The server refused, for example because it does not have the method.
    /// </exception>
    public async Task<(IReadOnlyList<uint> ServerHandles, IReadOnlyList<uint> ClientHandles)> GetMonitoredItemsAsync(
        uint subscription, CancellationToken cancellationToken)
    {
        var outputs = await CallAsync(ServerMethods.GetMonitoredItems(Header(), subscription), cancellationToken);
        return outputs is [var server, var client]
            && UInt32s(server) is { } serverHandles && UInt32s(client) is { } clientHandles
            && serverHandles.Length == clientHandles.Length
            ? (serverHandles, clientHandles)
            : throw new OpcUaException(
                StatusCodes.BadUnknownResponse,
                "The server answered GetMonitoredItems with something else than two lists.");
    }

    private Batches ItemBatches(int maxPerCall) =>
        new(Math.Min(maxPerCall, Limits.MonitoredItemsPerCall), MaxRequestBytes);

    private async Task<IReadOnlyList<Variant>> CallAsync(CallRequest request, CancellationToken cancellationToken)
    {
        var response = await CallAsync<CallRequest, CallResponse>(request, cancellationToken);
        var result = Batches.Expect(response.Results, 1)[0];
        return result.StatusCode.IsBad
            ? throw new OpcUaException(
                result.StatusCode, $"The server refused the method {request.MethodsToCall[0].MethodId}.")
            : result.OutputArguments;
    }

    // A null array is an empty one (Part 6, 5.2.5).
    private static uint[]? UInt32s(Variant value) => value switch
    {
        { IsNull: true } => [],
        { Array.Elements: uint[] elements } => elements,
        _ => null,
    };
}

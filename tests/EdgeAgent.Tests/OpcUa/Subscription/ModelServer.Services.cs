using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>The model server's services.</summary>
internal sealed partial class ModelServer
{
    /// <summary>How often each request came.</summary>
    public Dictionary<string, int> Calls { get; } = [];

    public async Task<ISessionPort> ConnectAsync(CancellationToken cancellationToken)
    {
        var session = new ModelSession();
        var connection = await OpenAsync(cancellationToken);
        _sessions.Add(session);
        return new ModelPort(this, session, connection);
    }

    public async Task<ModelConnection> ReopenAsync(ModelSession session, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        return _sessions.Contains(session)
            ? connection
            : throw new OpcUaException(StatusCodes.BadSessionIdInvalid, "The model has forgotten the session.");
    }

    public void Close(ModelSession session)
    {
        _subscriptions.RemoveAll(subscription => subscription.Session == session);
        _sessions.Remove(session);
    }

    public Task<TResponse> CallAsync<TRequest, TResponse>(
        ModelSession session, ModelConnection connection, TRequest request)
    {
        Count<TRequest>();
        if (connection.Failure is { } failure)
        {
            return Task.FromException<TResponse>(failure);
        }

        var answer = new TaskCompletionSource<TResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<OpcUaException> fail = reason => answer.TrySetException(reason);
        connection.Await(fail);
        Later(Latency, () =>
        {
            if (!connection.IsOpen || !connection.Answer(fail))
            {
                return;
            }

            try
            {
                answer.TrySetResult((TResponse)Answer(session, request!));
            }
            catch (OpcUaException refusal)
            {
                answer.TrySetException(refusal);
            }
        });
        return answer.Task;
    }

    public void Post<TRequest>(
        ModelSession session, ModelConnection connection, TRequest request, ResponseHandler handler, TimeSpan timeout)
    {
        Count<TRequest>();
        if (connection.Failure is { } failure)
        {
            throw failure;
        }

        connection.Await(handler);
        Later(Latency, () => Arrived(session, connection, request!, handler));
        _ = timeout;
    }

    public ModelSubscription Subscription(ModelSession session, uint id) =>
        _subscriptions.Find(subscription => subscription.Id == id && subscription.Session == session)
        ?? throw new OpcUaException(StatusCodes.BadSubscriptionIdInvalid, "The model has no such subscription.");

    public void Resend(ModelSession session, uint id)
    {
        ThrowUnlessMethods();
        Subscription(session, id).Items.ForEach(Report);
    }

    public void ThrowUnlessMethods()
    {
        if (!KnowsMethods)
        {
            throw new OpcUaException(StatusCodes.BadMethodInvalid, "The model has no such method.");
        }
    }

    private void Count<TRequest>() => Calls[typeof(TRequest).Name] = Calls.GetValueOrDefault(typeof(TRequest).Name) + 1;

    private async Task<ModelConnection> OpenAsync(CancellationToken cancellationToken)
    {
        ConnectAttempts++;
        await Task.Delay(Latency, _clock, cancellationToken);
        if (!IsUp || IsStalled)
        {
            throw new OpcUaException(StatusCodes.BadNotConnected, "The model is not there.");
        }

        var connection = new ModelConnection();
        _connections.Add(connection);
        return connection;
    }

    private void Arrived(ModelSession session, ModelConnection connection, object request, ResponseHandler handler)
    {
        if (!connection.IsOpen)
        {
            return;
        }

        try
        {
            switch (request)
            {
                case PublishRequest publish:
                    Publish(session, connection, publish, handler);
                    break;
                case RepublishRequest republish:
                    var subscription = Subscription(Checked(session), republish.SubscriptionId);
                    subscription.Touch();
                    var sent = subscription.Sent.Find(sent => sent.Number == republish.RetransmitSequenceNumber);
                    var response = sent.Message is { } message
                        ? new RepublishResponse { ResponseHeader = Head(), NotificationMessage = message }
                        : throw new OpcUaException(StatusCodes.BadMessageNotAvailable, "The model forgot it.");
                    Later(Latency, () => Respond(connection, handler, response));
                    break;
                case ReadRequest read:
                    var values = (ReadResponse)Answer(session, read);
                    Later(Latency, () => Respond(connection, handler, values));
                    break;
            }
        }
        catch (OpcUaException refusal)
        {
            Fault(connection, handler, refusal.Status.Code);
        }
    }

    private void Publish(ModelSession session, ModelConnection connection, PublishRequest request, ResponseHandler handler)
    {
        foreach (var acknowledgement in request.SubscriptionAcknowledgements)
        {
            _subscriptions.Find(subscription => subscription.Id == acknowledgement.SubscriptionId)?.Sent
                .RemoveAll(sent => sent.Number == acknowledgement.SequenceNumber);
        }

        if (!_subscriptions.Exists(subscription => subscription.Session == Checked(session)))
        {
            throw new OpcUaException(StatusCodes.BadNoSubscription, "The model has no subscription.");
        }

        if (session.Publish.Count >= PublishRequestsMax)
        {
            throw new OpcUaException(StatusCodes.BadTooManyPublishRequests, "The model has enough of them.");
        }

        session.Publish.Add((connection, handler));
    }

    private ModelSession Checked(ModelSession session) => _sessions.Contains(session)
        ? session
        : throw new OpcUaException(StatusCodes.BadSessionIdInvalid, "The model has forgotten the session.");

    private object Answer(ModelSession session, object request)
    {
        Checked(session);
        return request switch
        {
            ReadRequest read => new ReadResponse
            {
                ResponseHeader = Head(),
                Results = [.. read.NodesToRead.Select(Read)],
            },
            CreateSubscriptionRequest create => Create(session, create),
            CreateMonitoredItemsRequest create => Create(session, create),
            ModifySubscriptionRequest modify => Modify(session, modify),
            DeleteSubscriptionsRequest delete => Delete(delete),
            TransferSubscriptionsRequest transfer => Transfer(session, transfer),
            HistoryReadRequest history => ReadHistory(history),
            _ => throw new OpcUaException(StatusCodes.BadServiceUnsupported, request.GetType().Name),
        };
    }

    private ResponseHeader Head() => new() { Timestamp = Now };

    private DataValue Read(ReadValueId id)
    {
        if (id.NodeId == new NodeId(2256))
        {
            var status = new ServerStatusDataType { StartTime = StartTime, CurrentTime = Now };
            return new(Variant.From(ExtensionObject.Of(status)));
        }

        return Find(id.NodeId) is not { } node ? new(default, StatusCodes.BadNodeIdUnknown)
            : id.AttributeId == AttributeIds.Value ? node.Current
            : new(Variant.From((byte)(node.HasHistory ? 5 : 1)));
    }

    private CreateSubscriptionResponse Create(ModelSession session, CreateSubscriptionRequest request)
    {
        if (!KnowsSubscriptions)
        {
            throw new OpcUaException(StatusCodes.BadServiceUnsupported, "The model has no subscriptions.");
        }

        var interval = TimeSpan.FromMilliseconds(request.RequestedPublishingInterval);
        var subscription = new ModelSubscription(
            ++_lastId, interval, request.RequestedMaxKeepAliveCount, request.RequestedLifetimeCount)
        {
            Session = session,
            DueAt = Now.Ticks + interval.Ticks,
        };
        _subscriptions.Add(subscription);
        return new()
        {
            ResponseHeader = Head(),
            SubscriptionId = subscription.Id,
            RevisedPublishingInterval = request.RequestedPublishingInterval,
            RevisedMaxKeepAliveCount = request.RequestedMaxKeepAliveCount,
            RevisedLifetimeCount = request.RequestedLifetimeCount,
        };
    }

    private CreateMonitoredItemsResponse Create(ModelSession session, CreateMonitoredItemsRequest request)
    {
        if (request.ItemsToCreate.Count > ItemsPerCall)
        {
            throw new OpcUaException(StatusCodes.BadTooManyOperations, "The model takes fewer.");
        }

        LargestCall = Math.Max(LargestCall, request.ItemsToCreate.Count);
        var subscription = Subscription(session, request.SubscriptionId);
        return new() { ResponseHeader = Head(), Results = [.. request.ItemsToCreate.Select(item => Create(subscription, item))] };
    }

    private MonitoredItemCreateResult Create(ModelSubscription subscription, MonitoredItemCreateRequest request)
    {
        if (Find(request.ItemToMonitor.NodeId) is not { } node)
        {
            return new() { StatusCode = StatusCodes.BadNodeIdUnknown };
        }

        if (RefusedFilter is { } refusal && request.RequestedParameters.Filter.Body.Length > 0)
        {
            return new() { StatusCode = refusal };
        }

        if (subscription.Items.Count >= ItemsPerSubscription)
        {
            return new() { StatusCode = StatusCodes.BadTooManyMonitoredItems };
        }

        var parameters = request.RequestedParameters;
        var item = new ModelItem(++_lastId, parameters.ClientHandle, node, (int)parameters.QueueSize);
        subscription.Items.Add(item);
        Report(item);
        return new()
        {
            MonitoredItemId = item.Id,
            RevisedSamplingInterval = Sampling.TotalMilliseconds,
            RevisedQueueSize = parameters.QueueSize,
        };
    }

    private ModifySubscriptionResponse Modify(ModelSession session, ModifySubscriptionRequest request)
    {
        Subscription(session, request.SubscriptionId).Touch();
        return new() { ResponseHeader = Head() };
    }

    private DeleteSubscriptionsResponse Delete(DeleteSubscriptionsRequest request)
    {
        _subscriptions.RemoveAll(subscription => request.SubscriptionIds.Contains(subscription.Id));
        return new() { ResponseHeader = Head() };
    }

    private TransferSubscriptionsResponse Transfer(ModelSession session, TransferSubscriptionsRequest request)
    {
        if (!KnowsTransfer)
        {
            throw new OpcUaException(StatusCodes.BadServiceUnsupported, "The model hands nothing over.");
        }

        return new() { ResponseHeader = Head(), Results = [.. request.SubscriptionIds.Select(id => Transfer(session, id))] };
    }

    private TransferResult Transfer(ModelSession session, uint id)
    {
        if (_subscriptions.Find(subscription => subscription.Id == id) is not { } subscription)
        {
            return new() { StatusCode = StatusCodes.BadSubscriptionIdInvalid };
        }

        subscription.Session = session;
        subscription.Touch();
        subscription.Items.ForEach(Report);
        return new() { AvailableSequenceNumbers = subscription.Available };
    }

    private HistoryReadResponse ReadHistory(HistoryReadRequest request)
    {
        var details = request.HistoryReadDetails.As<ReadRawModifiedDetails>(DecodingLimits.Default)!;
        return new() { ResponseHeader = Head(), Results = [.. request.NodesToRead.Select(id => ReadHistory(id, details))] };
    }

    private HistoryReadResult ReadHistory(HistoryReadValueId id, ReadRawModifiedDetails details)
    {
        if (Find(id.NodeId) is not { HasHistory: true } node)
        {
            return new() { StatusCode = StatusCodes.BadHistoryOperationUnsupported };
        }

        // Continued by the time of the next value, so that it does not matter what the ring has dropped meanwhile.
        var from = id.ContinuationPoint is { } point ? BitConverter.ToInt64(point) : details.StartTime.Ticks;
        var values = node.History.Where(time => time >= from && time < details.EndTime.Ticks)
            .Take((int)details.NumValuesPerNode + 1).ToList();
        var hasMore = values.Count > details.NumValuesPerNode;
        return new()
        {
            ContinuationPoint = hasMore ? BitConverter.GetBytes(values[^1]) : null,
            HistoryData = ExtensionObject.Of(new HistoryData
            {
                DataValues = [.. values.Take((int)details.NumValuesPerNode).Select(node.At)],
            }),
        };
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// From a request's bytes to its service and back. Everything that a service refuses becomes a ServiceFault here. Under
/// the gate of the address space.
/// </summary>
internal sealed class ServiceRouter
{
    private readonly ServerState _state;
    private readonly PublishServices _publishing;
    private readonly SessionServices _sessions;
    private readonly AttributeServices _attributes;
    private readonly ViewServices _views;
    private readonly HistoryServices _history;
    private readonly SubscriptionServices _subscriptions;
    private readonly MonitoredItemServices _items;
    private readonly MethodServices _methods;
    private readonly UaWriter _response = new(1 << 16);

    public ServiceRouter(
        ServerState state, PublishServices publishing, MonitoredItemServices items, AttributeReader reader)
    {
        _state = state;
        _publishing = publishing;
        _items = items;
        _sessions = new(state, publishing);
        _attributes = new(state, reader);
        _views = new(state, reader);
        _history = new(state);
        _subscriptions = new(state, publishing, items);
        _methods = new(state, items);
    }

    /// <summary>Serves a whole request.</summary>
    /// <exception cref="OpcUaException">
    /// It cannot be decoded, not even its header: the connection is to be closed.
    /// </exception>
    public void Handle(IServerConnection connection, uint requestId, ReadOnlySpan<byte> message)
    {
        var reader = new UaReader(message, _state.Limits.Decoding);
        var type = reader.ReadNodeId();
        var body = reader;
        var header = RequestHeader.Decode(ref reader);
        var call = new ServiceCall(connection, requestId, header);
        try
        {
            var encodingId = type is { NamespaceIndex: 0, IdType: IdType.Numeric } ? type.Numeric : 0;
            if (_state.Faults.Refused.TryGetValue(encodingId, out var refusal))
            {
                throw new OpcUaException(refusal, "The service is refused for a test.");
            }

            Serve(encodingId, call, ref body, ref reader);
        }
        catch (OpcUaException refused)
        {
            ResponseHead.WriteFault(_response, _state.Clock.Now, header.RequestHandle, refused.Status);
            connection.Respond(requestId, _response.WrittenSpan);
        }
    }

    /// <param name="whole">Stands at the request's header.</param>
    /// <param name="rest">Stands behind it.</param>
    private void Serve(uint encodingId, ServiceCall call, scoped ref UaReader whole, scoped ref UaReader rest)
    {
        switch (encodingId)
        {
            case var id when id == FindServersRequest.EncodingId:
                Respond(call, _sessions.FindServers(Decode<FindServersRequest>(ref whole)));
                break;
            case var id when id == GetEndpointsRequest.EncodingId:
                Respond(call, _sessions.GetEndpoints());
                break;
            case var id when id == CreateSessionRequest.EncodingId:
                Respond(call, _sessions.Create(call.Connection, Decode<CreateSessionRequest>(ref whole)));
                break;
            case var id when id == ActivateSessionRequest.EncodingId:
                Respond(call, _sessions.Activate(
                    SessionOf(call), call.Connection, Decode<ActivateSessionRequest>(ref whole)));
                break;
            case var id when id == CloseSessionRequest.EncodingId:
                Respond(call, _sessions.Close(SessionOf(call), Decode<CloseSessionRequest>(ref whole)));
                break;
            default:
                ServeInSession(encodingId, call, ActiveSessionOf(call), ref whole, ref rest);
                break;
        }
    }

    private void ServeInSession(
        uint encodingId, ServiceCall call, ServerSession session, scoped ref UaReader whole, scoped ref UaReader rest)
    {
        switch (encodingId)
        {
            case var id when id == ReadRequest.EncodingId:
                WriteHead(call, ReadResponse.EncodingId);
                _attributes.Read(ref rest, _response);
                call.Connection.Respond(call.RequestId, _response.WrittenSpan);
                break;
            case var id when id == PublishRequest.EncodingId:
                _publishing.Publish(session, call, Decode<PublishRequest>(ref whole));
                break;
            case var id when id == RepublishRequest.EncodingId:
                _publishing.Republish(session, call, Decode<RepublishRequest>(ref whole));
                break;
            case var id when id == BrowseRequest.EncodingId:
                Respond(call, _views.Browse(session, Decode<BrowseRequest>(ref whole)));
                break;
            case var id when id == BrowseNextRequest.EncodingId:
                Respond(call, _views.BrowseNext(session, Decode<BrowseNextRequest>(ref whole)));
                break;
            case var id when id == TranslateBrowsePathsToNodeIdsRequest.EncodingId:
                Respond(call, _views.Translate(Decode<TranslateBrowsePathsToNodeIdsRequest>(ref whole)));
                break;
            case var id when id == HistoryReadRequest.EncodingId:
                Respond(call, _history.Read(session, Decode<HistoryReadRequest>(ref whole)));
                break;
            case var id when id == CallRequest.EncodingId:
                Respond(call, _methods.Call(session, Decode<CallRequest>(ref whole)));
                break;
            default:
                ServeSubscriptions(encodingId, call, session, ref whole);
                break;
        }
    }

    private void ServeSubscriptions(uint encodingId, ServiceCall call, ServerSession session, scoped ref UaReader whole)
    {
        switch (encodingId)
        {
            case var id when id == CreateSubscriptionRequest.EncodingId:
                Respond(call, _subscriptions.Create(session, Decode<CreateSubscriptionRequest>(ref whole)));
                break;
            case var id when id == ModifySubscriptionRequest.EncodingId:
                Respond(call, _subscriptions.Modify(session, Decode<ModifySubscriptionRequest>(ref whole)));
                break;
            case var id when id == SetPublishingModeRequest.EncodingId:
                Respond(call, _subscriptions.SetPublishingMode(session, Decode<SetPublishingModeRequest>(ref whole)));
                break;
            case var id when id == DeleteSubscriptionsRequest.EncodingId:
                Respond(call, _subscriptions.Delete(session, Decode<DeleteSubscriptionsRequest>(ref whole)));
                break;
            case var id when id == TransferSubscriptionsRequest.EncodingId:
                Respond(call, _subscriptions.Transfer(session, Decode<TransferSubscriptionsRequest>(ref whole)));
                break;
            case var id when id == CreateMonitoredItemsRequest.EncodingId:
                Respond(call, _items.Create(session, Decode<CreateMonitoredItemsRequest>(ref whole)));
                break;
            case var id when id == ModifyMonitoredItemsRequest.EncodingId:
                Respond(call, _items.Modify(session, Decode<ModifyMonitoredItemsRequest>(ref whole)));
                break;
            case var id when id == DeleteMonitoredItemsRequest.EncodingId:
                Respond(call, _items.Delete(session, Decode<DeleteMonitoredItemsRequest>(ref whole)));
                break;
            case var id when id == SetMonitoringModeRequest.EncodingId:
                Respond(call, _items.SetMode(session, Decode<SetMonitoringModeRequest>(ref whole)));
                break;
            default:
                throw new OpcUaException(
                    StatusCodes.BadServiceUnsupported, $"A request of type {encodingId} is not served here.");
        }
    }

    private static T Decode<T>(scoped ref UaReader reader)
        where T : class, IUaStructure<T>
    {
        var request = T.Decode(ref reader);
        reader.ExpectEnd();
        return request;
    }

    private ServerSession SessionOf(ServiceCall call)
    {
        if (!_state.Sessions.TryGetValue(call.Header.AuthenticationToken, out var session))
        {
            throw new OpcUaException(StatusCodes.BadSessionIdInvalid, "There is no such session.");
        }

        session.LastUsed = _state.Clock.Elapsed;
        return session;
    }

    private ServerSession ActiveSessionOf(ServiceCall call)
    {
        var session = SessionOf(call);
        if (session.User is null)
        {
            throw new OpcUaException(StatusCodes.BadSessionNotActivated, "The session has not been activated.");
        }

        return session.Connection == call.Connection
            ? session
            : throw new OpcUaException(
                StatusCodes.BadSecureChannelIdInvalid, "The session belongs to another channel.");
    }

    private void WriteHead(ServiceCall call, uint encodingId) =>
        ResponseHead.Write(_response, encodingId, _state.Clock.Now, call.Header.RequestHandle, StatusCodes.Good);

    private void Respond<T>(ServiceCall call, T response)
        where T : IUaResponse<T>
    {
        _response.Reset();
        _response.WriteEncodingId(T.EncodingId);
        var header = _response.Position;
        response.Encode(_response);

        // The header begins with the time (8) and the handle (4), which the services leave open.
        var now = _state.Clock.Now.Ticks;
        _response.Patch(header, (uint)now);
        _response.Patch(header + sizeof(uint), (uint)(now >> 32));
        _response.Patch(header + sizeof(long), call.Header.RequestHandle);
        call.Connection.Respond(call.RequestId, _response.WrittenSpan);
    }
}

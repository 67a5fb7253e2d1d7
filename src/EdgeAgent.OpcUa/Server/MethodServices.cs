using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Call of the server object's two methods (Part 5, 9.1 and 9.2). There are no others.</summary>
internal sealed class MethodServices(ServerState state, MonitoredItemServices items)
{
    public CallResponse Call(ServerSession session, CallRequest request)
    {
        state.CheckOperations(request.MethodsToCall.Count);
        return new() { Results = [.. request.MethodsToCall.Select(method => Call(session, method))] };
    }

    private CallMethodResult Call(ServerSession session, CallMethodRequest call)
    {
        if (state.Resolve(call.ObjectId) < 0)
        {
            return new() { StatusCode = ServerState.Unknown(call.ObjectId) };
        }

        if (call.ObjectId != StandardIds.Server
            || (call.MethodId != StandardIds.GetMonitoredItems && call.MethodId != StandardIds.ResendData))
        {
            return new() { StatusCode = StatusCodes.BadMethodInvalid };
        }

        if (call.InputArguments.Count != 1)
        {
            return new()
            {
                StatusCode = call.InputArguments.Count == 0
                    ? StatusCodes.BadArgumentsMissing : StatusCodes.BadTooManyArguments,
            };
        }

        if (call.InputArguments[0] is not { Type: BuiltInType.UInt32, IsArray: false } argument)
        {
            return new()
            {
                StatusCode = StatusCodes.BadInvalidArgument,
                InputArgumentResults = [StatusCodes.BadTypeMismatch],
            };
        }

        if (!state.Subscriptions.TryGetValue((uint)argument.Bits, out var subscription))
        {
            return new() { StatusCode = StatusCodes.BadSubscriptionIdInvalid };
        }

        if (subscription.Session != session)
        {
            return new() { StatusCode = StatusCodes.BadUserAccessDenied };
        }

        if (call.MethodId == StandardIds.ResendData)
        {
            items.Resend(subscription);
            return new();
        }

        return new()
        {
            OutputArguments =
            [
                Variant.From(new UaArray(BuiltInType.UInt32, subscription.Items.Keys.ToArray())),
                Variant.From(new UaArray(
                    BuiltInType.UInt32, subscription.Items.Values.Select(item => item.ClientHandle).ToArray())),
            ],
        };
    }
}

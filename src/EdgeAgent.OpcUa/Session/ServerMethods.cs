using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// The two methods that this client can call; both only make the server say again what it has said, and change nothing
/// in the plant (Part 5, 9.1 and 9.2). A test proves that no other call can be built.
/// </summary>
internal static class ServerMethods
{
    public static CallRequest ResendData(RequestHeader header, uint subscriptionId) => new()
    {
        RequestHeader = header,
        MethodsToCall =
        [
            new()
            {
                ObjectId = ServerNodes.Server,
                MethodId = ServerNodes.ResendData,
                InputArguments = [Variant.From(subscriptionId)],
            },
        ],
    };

    public static CallRequest GetMonitoredItems(RequestHeader header, uint subscriptionId) => new()
    {
        RequestHeader = header,
        MethodsToCall =
        [
            new()
            {
                ObjectId = ServerNodes.Server,
                MethodId = ServerNodes.GetMonitoredItems,
                InputArguments = [Variant.From(subscriptionId)],
            },
        ],
    };
}

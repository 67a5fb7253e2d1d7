using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What a server says of itself.</summary>
/// <param name="Status">Null if it does not say.</param>
/// <param name="ItemsPerSubscription">Null if it does not say.</param>
internal sealed record ServerFacts(ServerStatusDataType? Status, int? ItemsPerSubscription)
{
    // Part 6, annex A: Server_ServerStatus and Server_ServerCapabilities_MaxMonitoredItemsPerSubscription.
    private static readonly NodeId[] Nodes = [new(2256), new(24104)];

    public static async Task<ServerFacts> ReadAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        var response = await port.CallAsync<ReadRequest, ReadResponse>(
            new()
            {
                RequestHeader = port.Header,
                TimestampsToReturn = TimestampsToReturn.Neither,
                NodesToRead =
                [
                    .. Nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value }),
                ],
            },
            cancellationToken);
        if (response.Results.Count != Nodes.Length)
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse,
                $"The server answered {response.Results.Count} of {Nodes.Length} nodes.");
        }

        var status = response.Results[0].Value.Object is ExtensionObject structure
            ? structure.As<ServerStatusDataType>(port.Decoding)
            : null;
        var items = response.Results[1] is { Status.IsBad: false } value ? value.Value.AsInt64() : null;
        return new(status, items is > 0 ? (int)Math.Min(items.Value, int.MaxValue) : null);
    }
}

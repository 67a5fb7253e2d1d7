using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>A Read of the same nodes, encoded once and sent at each poll.</summary>
public sealed class PreparedRead
{
    internal PreparedRead(
        IReadOnlyList<ReadValueId> nodes,
        IReadOnlyList<uint> handles,
        TimestampsToReturn timestamps,
        TimeSpan maxAge,
        Batches batches,
        NodeId authenticationToken)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentOutOfRangeException.ThrowIfNotEqual(handles.Count, nodes.Count);
        var requests = new List<PreparedReadRequest>();
        for (var from = 0; from < nodes.Count;)
        {
            var count = batches.Next(nodes, from, EncodedSize.Of);
            var request = new ReadRequest
            {
                RequestHeader = new() { AuthenticationToken = authenticationToken },
                MaxAge = maxAge.TotalMilliseconds,
                TimestampsToReturn = timestamps,
                NodesToRead = Batches.Slice(nodes, from, count),
            };
            requests.Add(new(request, [.. Batches.Slice(handles, from, count)]));
            from += count;
        }

        (Requests, Count) = ([.. requests], nodes.Count);
    }

    /// <summary>Nodes.</summary>
    public int Count { get; }

    internal PreparedReadRequest[] Requests { get; }

    internal PreparedReadHandler Handler { get; } = new();
}

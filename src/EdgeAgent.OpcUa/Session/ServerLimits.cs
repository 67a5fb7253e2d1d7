using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// How much may go into one request: what the server says (Part 5, 6.3.11), else a bound of our own that known servers
/// bear. A server that says more than <see cref="Most"/> is not asked for more: responses would only become slow and
/// large.
/// </summary>
public sealed record ServerLimits
{
    /// <summary>Upper bound of all that follow.</summary>
    public const int Most = 10_000;

    /// <summary>A Read of 1,000 nodes is the most that small controllers and the older gateways take.</summary>
    public const int DefaultNodesPerRead = 1_000;

    /// <summary>Each node may have hundreds of references.</summary>
    public const int DefaultNodesPerBrowse = 100;

    public const int DefaultNodesPerTranslate = 500;

    /// <summary>What S7-1500 and the older gateways take.</summary>
    public const int DefaultMonitoredItemsPerCall = 1_000;

    /// <summary>Each node brings a page of values.</summary>
    public const int DefaultNodesPerHistoryRead = 10;

    // In the order in which FromRead gets the values.
    private static readonly NodeId[] Nodes =
    [
        ServerNodes.MaxNodesPerRead, ServerNodes.MaxNodesPerBrowse, ServerNodes.MaxNodesPerTranslate,
        ServerNodes.MaxMonitoredItemsPerCall, ServerNodes.MaxNodesPerHistoryReadData,
        ServerNodes.MaxBrowseContinuationPoints, ServerNodes.MaxHistoryContinuationPoints, ServerNodes.MaxArrayLength,
    ];

    /// <summary>For a server that does not say anything.</summary>
    public static readonly ServerLimits Default = new();

    public int NodesPerRead { get; init; } = DefaultNodesPerRead;

    public int NodesPerBrowse { get; init; } = DefaultNodesPerBrowse;

    public int NodesPerTranslate { get; init; } = DefaultNodesPerTranslate;

    public int MonitoredItemsPerCall { get; init; } = DefaultMonitoredItemsPerCall;

    /// <summary>Whether the server itself has said <see cref="MonitoredItemsPerCall"/>.</summary>
    public bool SaysMonitoredItemsPerCall { get; init; }

    public int NodesPerHistoryRead { get; init; } = DefaultNodesPerHistoryRead;

    /// <summary>Null where the server does not say.</summary>
    public int? BrowseContinuationPoints { get; init; }

    /// <summary>Null where the server does not say.</summary>
    public int? HistoryContinuationPoints { get; init; }

    /// <summary>Elements that the server takes or gives in one array; null where it does not say.</summary>
    public int? ArrayLength { get; init; }

    internal static IReadOnlyList<NodeId> NodesToRead => Nodes;

    /// <param name="values">The values of <see cref="NodesToRead"/> in order; bad ones are as good as none.</param>
    internal static ServerLimits FromRead(IReadOnlyList<DataValue> values)
    {
        var said = values.Select(Said).ToArray();
        return new()
        {
            NodesPerRead = AtMost(said[0], DefaultNodesPerRead),
            NodesPerBrowse = AtMost(said[1], DefaultNodesPerBrowse),
            NodesPerTranslate = AtMost(said[2], DefaultNodesPerTranslate),
            MonitoredItemsPerCall = AtMost(said[3], DefaultMonitoredItemsPerCall),
            SaysMonitoredItemsPerCall = said[3] is not null,
            NodesPerHistoryRead = Math.Min(AtMost(said[4], DefaultNodesPerHistoryRead), DefaultNodesPerHistoryRead),
            BrowseContinuationPoints = said[5],
            HistoryContinuationPoints = said[6],
            ArrayLength = said[7],
        };
    }

    // 0 means that there is no limit (Part 5, 6.3.11), which is to say that the server does not know it.
    private static int? Said(DataValue value) =>
        !value.Status.IsBad && value.Value.AsInt64() is > 0 and var limit ? (int)Math.Min(limit, int.MaxValue) : null;

    private static int AtMost(int? said, int otherwise) => Math.Min(said ?? otherwise, Most);
}

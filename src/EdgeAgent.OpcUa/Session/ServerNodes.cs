using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Nodes of the standard that every session may need (Part 5; Part 6, annex A).</summary>
internal static class ServerNodes
{
    public static readonly NodeId RootFolder = new(84);
    public static readonly NodeId ObjectsFolder = new(85);
    public static readonly NodeId HierarchicalReferences = new(33);
    public static readonly NodeId HasProperty = new(46);
    public static readonly NodeId HasSubtype = new(45);
    public static readonly NodeId HasTypeDefinition = new(40);

    public static readonly NodeId Server = new(2253);
    public static readonly NodeId NamespaceArray = new(2255);
    public static readonly NodeId CurrentTime = new(2258);
    public static readonly NodeId State = new(2259);

    public static readonly NodeId MaxBrowseContinuationPoints = new(2735);
    public static readonly NodeId MaxHistoryContinuationPoints = new(2737);
    public static readonly NodeId MaxArrayLength = new(11702);
    public static readonly NodeId MaxNodesPerRead = new(11705);
    public static readonly NodeId MaxNodesPerBrowse = new(11710);
    public static readonly NodeId MaxNodesPerTranslate = new(11712);
    public static readonly NodeId MaxMonitoredItemsPerCall = new(11714);
    public static readonly NodeId MaxNodesPerHistoryReadData = new(12165);

    public static readonly NodeId GetMonitoredItems = new(11492);
    public static readonly NodeId ResendData = new(12873);
}

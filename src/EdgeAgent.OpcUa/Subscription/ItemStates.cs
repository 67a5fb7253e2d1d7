using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>What the server made of each tag, in columns by tag index. The runner's alone.</summary>
internal sealed class ItemStates(int count)
{
    private readonly StatusCode[] _refused = new StatusCode[count];

    /// <summary>The node in this session; null where its namespace is not there.</summary>
    public NodeId[] Nodes { get; } = new NodeId[count];

    /// <summary>The server's id of the item; 0 where there is none.</summary>
    public uint[] Ids { get; } = new uint[count];

    /// <summary>Whether the server refused the tag's filter.</summary>
    public bool[] WithoutFilter { get; } = new bool[count];

    public HistoryAccess[] History { get; } = new HistoryAccess[count];

    /// <summary>How many tags the server refuses.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    public void Created(int tag, uint id)
    {
        Accepted(tag);
        Count += Ids[tag] == 0 ? 1 : 0;
        Ids[tag] = id;
    }

    public void Gone(int tag)
    {
        Count -= Ids[tag] == 0 ? 0 : 1;
        Ids[tag] = 0;
    }

    /// <returns>Whether this is news.</returns>
    public bool Refused(int tag, StatusCode status)
    {
        var isNews = _refused[tag] != status;
        RefusedCount += _refused[tag].IsBad ? 0 : 1;
        _refused[tag] = status;
        return isNews;
    }

    public void Accepted(int tag)
    {
        RefusedCount -= _refused[tag].IsBad ? 1 : 0;
        _refused[tag] = StatusCode.Good;
    }
}

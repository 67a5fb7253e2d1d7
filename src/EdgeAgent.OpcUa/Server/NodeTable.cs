using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// All nodes in one array, found by their ids through an open-addressing table of row numbers: some 90 bytes a node
/// beside the text of its id. Row 0 is the root, so 0 also stands for "none" where the root cannot stand.
/// </summary>
internal sealed class NodeTable
{
    // Beyond this a row number times the load would no longer fit the index; far above any plant.
    private const int MaxNodes = 1 << 26;

    private NodeRow[] _rows = new NodeRow[1024];
    private int[] _index = new int[4096]; // Row number plus one; 0 is free. Always a power of two, at most half full.

    public int Count { get; private set; }

    public ref NodeRow this[int node]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)node, (uint)Count, nameof(node));
            return ref _rows[node];
        }
    }

    /// <exception cref="ArgumentException">There is such a node.</exception>
    public int Add(NodeRow row)
    {
        if (Find(row.Id) is var found and >= 0)
        {
            throw new ArgumentException($"There is a node {_rows[found].Id} already.", nameof(row));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, MaxNodes);
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, 2 * Count);
        }

        if (2 * (Count + 1) > _index.Length)
        {
            Rehash(2 * _index.Length);
        }

        _rows[Count] = row;
        _index[Slot(row.Id)] = Count + 1;
        return Count++;
    }

    /// <summary>The row of the node, or -1.</summary>
    public int Find(NodeId id) => _index[Slot(id)] - 1;

    /// <summary>Makes <paramref name="child"/> the last child of <paramref name="parent"/>.</summary>
    public void Append(int parent, int child, int referenceType)
    {
        ref var row = ref _rows[child];
        (row.Parent, row.ReferenceType) = (parent, referenceType);
        ref var above = ref _rows[parent];
        if (above.LastChild == 0)
        {
            above.FirstChild = child;
        }
        else
        {
            _rows[above.LastChild].NextSibling = child;
        }

        above.LastChild = child;
    }

    private int Slot(NodeId id)
    {
        var mask = _index.Length - 1;
        var slot = id.GetHashCode() & mask;
        while (_index[slot] != 0 && _rows[_index[slot] - 1].Id != id)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Rehash(int length)
    {
        _index = new int[length];
        for (var i = 0; i < Count; i++)
        {
            _index[Slot(_rows[i].Id)] = i + 1;
        }
    }
}

/// <summary>What every node has; what few have is in <see cref="NodeExtras"/>.</summary>
internal struct NodeRow
{
    /// <summary>Its namespace index counts in the space, not on the wire.</summary>
    public NodeId Id;

    /// <summary>Browse name; null where it is the text of the id.</summary>
    public string? Name;

    public int Parent;

    public int FirstChild;

    public int LastChild;

    public int NextSibling;

    /// <summary>Row of the type definition; 0 is none.</summary>
    public int Type;

    /// <summary>Row of the type of the reference from the parent.</summary>
    public int ReferenceType;

    /// <summary>Row of the value of a variable, else -1.</summary>
    public int Value;

    public ushort NameNamespace;

    public NodeClass Class;

    public bool HasExtras;

    public readonly string BrowseName => Name ?? Id.Text ?? "";
}

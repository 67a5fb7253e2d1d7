using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Browse;

/// <summary>
/// Walks from one node along the hierarchical references, level by level. Every node is taken once, so that loops end
/// and each has its shortest path. What has been found stays when the walk is interrupted.
/// </summary>
internal sealed class AddressSpaceWalk(ClientSession session, int maxDepth, int maxNodes)
{
    // Nodes browsed before the progress is shown and a key press noticed; the session divides them as the server wants
    // it.
    private const int BatchSize = 500;

    private static readonly NodeId Hierarchical = new(33);
    private static readonly NodeId HasProperty = new(46);
    private static readonly NodeId Server = new(2253);

    private readonly List<WalkedNode> _nodes = [];
    private readonly HashSet<NodeId> _seen = [];
    private readonly Queue<int> _waiting = new();

    public IReadOnlyList<WalkedNode> Nodes => _nodes;

    /// <summary>Nodes that were found and not looked into; 0 when the walk is complete.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether the walk ended because there are more nodes than it may take.</summary>
    public bool IsFull => _nodes.Count >= maxNodes;

    /// <summary>Nodes that the server would not let us look into, with the reason.</summary>
    public List<(NodeId Id, StatusCode Status)> Refused { get; } = [];

    /// <exception cref="OpcUaException">The service failed, or there is no such node to begin with.</exception>
    public async Task RunAsync(NodeId start, Action<int, int> progress, CancellationToken cancellationToken)
    {
        await BeginAsync(start, cancellationToken);
        while (_waiting.Count > 0 && !IsFull)
        {
            var batch = _waiting.Take(BatchSize).ToList();
            await foreach (var page in session.BrowseAsync([.. batch.Select(Describe)], cancellationToken))
            {
                if (page.Status.IsBad)
                {
                    Refused.Add((_nodes[batch[page.Index]].Id, page.Status));
                }

                foreach (var reference in page.References)
                {
                    Take(batch[page.Index], reference);
                }
            }

            for (var i = 0; i < batch.Count; i++)
            {
                _waiting.Dequeue();
            }

            progress(_nodes.Count, _waiting.Count);
        }
    }

    private async Task BeginAsync(NodeId start, CancellationToken cancellationToken)
    {
        uint[] attributes = [AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName];
        var values = await session.ReadAsync(
            [.. attributes.Select(attribute => new ReadValueId { NodeId = start, AttributeId = attribute })],
            TimestampsToReturn.Neither,
            TimeSpan.Zero,
            cancellationToken);
        if (values[0].Status.IsBad)
        {
            throw new OpcUaException(values[0].Status, $"The browse cannot begin at {start}.");
        }

        _seen.Add(start);
        _nodes.Add(new()
        {
            Parent = -1,
            Depth = 0,
            Id = start,
            Class = (NodeClass)(values[0].Value.AsInt64() ?? 0),
            Name = values[1].Value.Object as QualifiedName? ?? default,
            DisplayName = values[2].Value.AsString() ?? start.ToString(),
        });
        _waiting.Enqueue(0);
    }

    // At the last level only what describes the variables is still of interest.
    private BrowseDescription Describe(int index) => new()
    {
        NodeId = _nodes[index].Id,
        BrowseDirection = BrowseDirection.Forward,
        ReferenceTypeId = _nodes[index].Depth >= maxDepth ? HasProperty : Hierarchical,
        IncludeSubtypes = true,
        NodeClassMask = (uint)(NodeClass.Object | NodeClass.Variable),
        ResultMask = BrowseMasks.All,
    };

    private void Take(int parent, ReferenceDescription reference)
    {
        // The server object describes the server and not the plant; whoever wants it begins there.
        if (IsFull || !session.Namespaces.TryResolve(reference.NodeId, out var id) || id == Server || !_seen.Add(id))
        {
            return;
        }

        var node = new WalkedNode
        {
            Parent = parent,
            Depth = _nodes[parent].Depth + 1,
            Id = id,
            Name = reference.BrowseName,
            DisplayName = reference.DisplayName.Text ?? reference.BrowseName.Name ?? id.ToString(),
            Class = reference.NodeClass,
            Type = session.Namespaces.TryResolve(reference.TypeDefinition, out var type) ? type : NodeId.Null,
            IsProperty = reference.ReferenceTypeId == HasProperty,
        };
        _nodes.Add(node);
        if (!node.IsProperty && (node.IsVariable || node.Depth < maxDepth))
        {
            _waiting.Enqueue(_nodes.Count - 1);
        }
    }
}

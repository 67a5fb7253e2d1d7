using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>All nodes below the Objects folder that are not the server's own, each once, in the order found.</summary>
internal sealed class InteropWalk
{
    private static readonly NodeId Objects = new(85);
    private static readonly NodeId Server = new(2253);
    private static readonly NodeId HierarchicalReferences = new(33);
    private static readonly NodeId HasSubtype = new(45);

    private readonly Dictionary<NodeId, IReadOnlyList<NodeAddress>> _types = [];

    public List<NodeId> Ids { get; } = [];

    public List<ModelNode> Nodes { get; } = [];

    public static async Task<InteropWalk> AsyncOf(ClientSession session)
    {
        var walk = new InteropWalk();
        var seen = new HashSet<NodeId> { Objects, Server };
        List<(int Parent, NodeId Id)> level = [(-1, Objects)];
        while (level.Count > 0)
        {
            var next = new List<(int Parent, NodeId Id)>();
            foreach (var (index, reference) in await BrowseAsync(
                session, level.Select(node => node.Id), HierarchicalReferences, BrowseDirection.Forward))
            {
                if (reference.NodeClass is not (NodeClass.Object or NodeClass.Variable)
                    || !session.Namespaces.TryResolve(reference.NodeId, out var id) || !seen.Add(id))
                {
                    continue;
                }

                next.Add((walk.Nodes.Count, id));
                walk.Ids.Add(id);
                walk.Nodes.Add(new(
                    level[index].Parent,
                    (session.Namespaces.Uris[reference.BrowseName.NamespaceIndex], reference.BrowseName.Name!),
                    await walk.TypesAsync(session, reference)));
            }

            level = next;
        }

        return walk;
    }

    /// <summary>The names from the top down, without their namespaces: Machines/Press1/MachineryItemState.</summary>
    public string PathOf(int index)
    {
        var (parent, (_, name), _) = Nodes[index];
        return parent < 0 ? name : $"{PathOf(parent)}/{name}";
    }

    public static async Task<List<(int Index, ReferenceDescription Reference)>> BrowseAsync(
        ClientSession session, IEnumerable<NodeId> nodes, NodeId referenceType, BrowseDirection direction)
    {
        var all = new List<(int, ReferenceDescription)>();
        var browse = nodes.Select(node => new BrowseDescription
        {
            NodeId = node,
            BrowseDirection = direction,
            ReferenceTypeId = referenceType,
            IncludeSubtypes = true,
            ResultMask = BrowseMasks.All,
        });
        await foreach (var page in session.BrowseAsync([.. browse], TestContext.Current.CancellationToken))
        {
            Assert.True(page.Status.IsGood, page.Status.ToString());
            all.AddRange(page.References.Select(reference => (page.Index, reference)));
        }

        return all;
    }

    private async Task<IReadOnlyList<NodeAddress>> TypesAsync(ClientSession session, ReferenceDescription reference)
    {
        if (!session.Namespaces.TryResolve(reference.TypeDefinition, out var type) || type.IsNull)
        {
            return [];
        }

        if (!_types.TryGetValue(type, out var chain))
        {
            List<NodeAddress> found = [];
            for (NodeId? at = type; at is { } id;)
            {
                found.Add(session.Namespaces.AddressOf(id)!.Value);
                var up = await BrowseAsync(session, [id], HasSubtype, BrowseDirection.Inverse);
                at = up is [var (_, super)] && session.Namespaces.TryResolve(super.NodeId, out var above)
                    ? above
                    : null;
            }

            _types[type] = chain = found;
        }

        return chain;
    }
}

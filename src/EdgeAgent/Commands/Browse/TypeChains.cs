using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Browse;

/// <summary>Type definitions with their super types, which is how vendor types of companion models are known.</summary>
internal static class TypeChains
{
    // Real models need four.
    private const int MaxLength = 16;

    private static readonly NodeId HasSubtype = new(45);

    /// <summary>The nodes of a walk as the companion models look at them.</summary>
    /// <exception cref="OpcUa.OpcUaException">The service failed.</exception>
    public static async Task<IReadOnlyList<ModelNode>> ReadAsync(
        ClientSession session, IReadOnlyList<WalkedNode> nodes, CancellationToken cancellationToken)
    {
        var chains = nodes
            .Where(node => node.Class == NodeClass.Object && node.Type.NamespaceIndex != 0)
            .Select(node => node.Type)
            .Distinct()
            .ToDictionary(type => type, type => new List<NodeId> { type });
        var open = chains.Keys.ToList();
        for (var length = 1; length < MaxLength && open.Count > 0; length++)
        {
            open = await ExtendAsync(session, chains, open, cancellationToken);
        }

        var addresses = chains.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<NodeAddress>)
                [.. pair.Value.Select(session.Namespaces.AddressOf).OfType<NodeAddress>()]);
        return
        [
            .. nodes.Select(node => new ModelNode(
                node.Parent,
                (NamespaceOf(session, node.Name.NamespaceIndex), node.Name.Name ?? ""),
                addresses.GetValueOrDefault(node.Type, []))),
        ];
    }

    private static async Task<List<NodeId>> ExtendAsync(
        ClientSession session,
        Dictionary<NodeId, List<NodeId>> chains,
        List<NodeId> open,
        CancellationToken cancellationToken)
    {
        var browse = open.Select(type => new BrowseDescription
        {
            NodeId = chains[type][^1],
            BrowseDirection = BrowseDirection.Inverse,
            ReferenceTypeId = HasSubtype,
        });
        List<NodeId> extended = [];
        await foreach (var page in session.BrowseAsync([.. browse], cancellationToken))
        {
            if (page.References is [var reference, ..]
                && session.Namespaces.TryResolve(reference.NodeId, out var super)
                && super.NamespaceIndex != 0)
            {
                chains[open[page.Index]].Add(super);
                extended.Add(open[page.Index]);
            }
        }

        return extended;
    }

    private static string NamespaceOf(ClientSession session, ushort index) => index switch
    {
        0 => NamespaceUris.OpcUa,
        _ when index < session.Namespaces.Uris.Count => session.Namespaces.Uris[index],
        _ => "",
    };
}

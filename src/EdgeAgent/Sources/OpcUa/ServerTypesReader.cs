using EdgeAgent.Configuration.Nodes;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Asks a server what the structures and enumerations of the tags are made of: only for tags with a field, and for
/// texts, which may be those of an enumeration.
/// </summary>
internal static class ServerTypesReader
{
    /// <exception cref="OpcUaException">A service failed.</exception>
    public static async Task<ServerTypes> ReadAsync(
        ClientSession session, IReadOnlyList<OpcUaTag> tags, CancellationToken cancellationToken)
    {
        var handles = new List<int>();
        var nodes = new List<NodeId>();
        for (var handle = 0; handle < tags.Count; handle++)
        {
            if ((tags[handle].Field is not null || tags[handle].Format.Type == NodeType.String)
                && session.Namespaces.TryResolve(tags[handle].Address, out var id))
            {
                handles.Add(handle);
                nodes.Add(id);
            }
        }

        if (nodes.Count == 0)
        {
            return ServerTypes.Unknown;
        }

        var values = await session.ReadAttributeAsync(nodes, AttributeIds.DataType, cancellationToken);
        var dataTypes = new NodeId[tags.Count];
        for (var i = 0; i < handles.Count; i++)
        {
            dataTypes[handles[i]] = values[i].Value.Object is NodeId type ? type : default;
        }

        return new(await session.DataTypes.LoadAsync(dataTypes, cancellationToken), dataTypes);
    }
}

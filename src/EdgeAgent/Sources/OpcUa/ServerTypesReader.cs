using EdgeAgent.Configuration.Nodes;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Asks a server what the structures and enumerations of the tags are made of: only for tags with a field, and for texts,
/// which may be those of an enumeration.
/// </summary>
internal static class ServerTypesReader
{
    // Structures within structures; each round asks for what the round before has named.
    private const int RoundsMax = 32;

    private static readonly NodeId HasEncoding = new(38);
    private static readonly NodeId HasSubtype = new(45);
    private static readonly NodeId HasProperty = new(46);

    // Part 4, 7.30: everything about the other end of a reference.
    private const uint AllResults = 0x3F;

    /// <exception cref="OpcUaException">A service failed.</exception>
    public static async Task<ServerTypes> ReadAsync(
        ClientSession session, IReadOnlyList<OpcUaTag> tags, CancellationToken cancellationToken)
    {
        var dataTypes = await ReadDataTypesAsync(session, tags, cancellationToken);
        if (dataTypes.Length == 0)
        {
            return ServerTypes.Unknown;
        }

        var builder = new TypeTableBuilder();
        IReadOnlyList<NodeId> wanted =
            [.. dataTypes.Where(type => !type.IsNull && !builder.IsKnown(type)).Distinct()];
        for (var round = 0; wanted.Count > 0 && round < RoundsMax; round++)
        {
            foreach (var node in await ReadNodesAsync(session, wanted, cancellationToken))
            {
                builder.Add(node);
            }

            wanted = builder.Unknown;
        }

        return new(builder.Build(), dataTypes);
    }

    private static async Task<NodeId[]> ReadDataTypesAsync(
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
            return [];
        }

        var values = await session.ReadAttributeAsync(nodes, AttributeIds.DataType, cancellationToken);
        var dataTypes = new NodeId[tags.Count];
        for (var i = 0; i < handles.Count; i++)
        {
            dataTypes[handles[i]] = values[i].Value.Object is NodeId type ? type : default;
        }

        return dataTypes;
    }

    private static async Task<IEnumerable<DataTypeNode>> ReadNodesAsync(
        ClientSession session, IReadOnlyList<NodeId> types, CancellationToken cancellationToken)
    {
        var names = await session.ReadAttributeAsync(types, AttributeIds.BrowseName, cancellationToken);
        var abstracts = await session.ReadAttributeAsync(types, AttributeIds.IsAbstract, cancellationToken);
        var definitions = await session.ReadAttributeAsync(types, AttributeIds.DataTypeDefinition, cancellationToken);
        var surroundings = types.Select(_ => new Surroundings()).ToArray();
        await BrowseAsync(session, types, BrowseDirection.Inverse, HasSubtype, surroundings, cancellationToken);
        await BrowseAsync(session, types, BrowseDirection.Forward, HasEncoding, surroundings, cancellationToken);
        await BrowseAsync(session, types, BrowseDirection.Forward, HasProperty, surroundings, cancellationToken);
        var texts = await session.ReadAttributeAsync(
            surroundings.Where(one => !one.Texts.IsNull).Select(one => one.Texts), AttributeIds.Value, cancellationToken);
        var next = 0;
        return [.. types.Select((type, index) => new DataTypeNode
        {
            Id = type,
            Name = names[index].Value.Object is QualifiedName { Name: { } name } ? name : type.ToString(),
            SuperType = surroundings[index].SuperType,
            IsAbstract = abstracts[index].Value.Type == BuiltInType.Boolean && abstracts[index].Value.Bits != 0,
            Definition = definitions[index].Status.IsBad ? default : definitions[index].Value,
            BinaryEncodingId = surroundings[index].Encoding,
            EnumTexts = surroundings[index].Texts.IsNull ? default : texts[next++].Value,
        })];
    }

    private static async Task BrowseAsync(
        ClientSession session, IReadOnlyList<NodeId> types, BrowseDirection direction, NodeId referenceType,
        Surroundings[] surroundings, CancellationToken cancellationToken)
    {
        var request = types.Select(type => new BrowseDescription
        {
            NodeId = type,
            BrowseDirection = direction,
            ReferenceTypeId = referenceType,
            IncludeSubtypes = true,
            ResultMask = AllResults,
        });
        await foreach (var page in session.BrowseAsync([.. request], cancellationToken))
        {
            foreach (var reference in page.References)
            {
                if (session.Namespaces.TryResolve(reference.NodeId, out var id))
                {
                    surroundings[page.Index].Note(referenceType, reference.BrowseName.Name, id);
                }
            }
        }
    }

    private sealed class Surroundings
    {
        public NodeId SuperType { get; private set; }

        public NodeId Encoding { get; private set; }

        /// <summary>The property with the texts of an enumeration.</summary>
        public NodeId Texts { get; private set; }

        public void Note(NodeId referenceType, string? name, NodeId id)
        {
            if (referenceType == HasSubtype)
            {
                SuperType = id;
            }
            else if (referenceType == HasEncoding && name == "Default Binary")
            {
                Encoding = id;
            }
            else if (referenceType == HasProperty && name is "EnumStrings" or "EnumValues")
            {
                Texts = id;
            }
        }
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// The data types of the server, as far as they were asked for: read once in a session, with everything that they refer
/// to. May be used from several threads.
/// </summary>
public sealed class DataTypes
{
    // Part 3 bounds no chain of supertypes; a longer one is a circle.
    private const int SuperTypesMax = 64;

    private static readonly NodeId References = new(31);
    private static readonly NodeId HasEncoding = new(38);

    private readonly ClientSession _session;
    private readonly Lock _lock = new();
    private readonly TypeTableBuilder _builder;
    private volatile IReadOnlyDictionary<NodeId, DataTypeNode> _nodes = new Dictionary<NodeId, DataTypeNode>();
    private volatile TypeTable _table = TypeTable.Empty;

    internal DataTypes(ClientSession session) => (_session, _builder) = (session, new(session.Settings.Decoding));

    /// <summary>What has been loaded by now.</summary>
    public TypeTable Table => _table;

    /// <summary>Reads these data types and what they refer to, where that has not been done.</summary>
    /// <param name="dataTypes">
    /// As the attribute DataType of variables says; null ids and unknown ones do no harm.
    /// </param>
    /// <exception cref="OpcUaException">A service failed; what had been loaded stays.</exception>
    public async Task<TypeTable> LoadAsync(IEnumerable<NodeId> dataTypes, CancellationToken cancellationToken)
    {
        var wanted = Missing(dataTypes);
        var isNew = wanted.Count > 0;
        while (wanted.Count > 0)
        {
            // Two callers may read the same type; that costs a request and does no harm.
            wanted = Add(await ReadAsync(wanted, cancellationToken));
        }

        if (isNew)
        {
            lock (_lock)
            {
                _table = _builder.Build();
            }
        }

        return _table;
    }

    /// <summary>
    /// How values of a loaded data type are encoded: Int32 for enumerations, ExtensionObject for structures, Variant
    /// for abstract types, whose values say themselves what they are; Null where the type is not known.
    /// </summary>
    public BuiltInType BuiltInTypeOf(NodeId dataType)
    {
        var nodes = _nodes;
        var id = dataType;
        for (var depth = 0; depth < SuperTypesMax; depth++)
        {
            if (id == new NodeId(StandardDataTypes.Union))
            {
                return BuiltInType.ExtensionObject;
            }

            if (StandardDataTypes.BuiltInTypeOf(id) is { } type)
            {
                return type;
            }

            if (!nodes.TryGetValue(id, out var node))
            {
                return BuiltInType.Null;
            }

            id = node.SuperType;
        }

        return BuiltInType.Null;
    }

    private List<NodeId> Missing(IEnumerable<NodeId> dataTypes)
    {
        lock (_lock)
        {
            return [.. dataTypes.Where(id => !id.IsNull && !_builder.IsKnown(id)).Distinct().Take(Room)];
        }
    }

    private List<NodeId> Add(IReadOnlyList<DataTypeNode> nodes)
    {
        lock (_lock)
        {
            var all = new Dictionary<NodeId, DataTypeNode>(_nodes);
            foreach (var node in nodes)
            {
                if (Room > 0)
                {
                    Add(node);
                    all[node.Id] = node;
                }
            }

            _nodes = all;
            return [.. _builder.Unknown.Take(Room)];
        }
    }

    private int Room => TypeTableBuilder.TypesMax - _builder.Count;

    private void Add(DataTypeNode node)
    {
        try
        {
            _builder.Add(node);
        }
        catch (OpcUaException)
        {
            // A malformed definition is as good as none: values of the type stay opaque, all others are not affected.
            _builder.Add(node with { Definition = default, EnumTexts = default });
        }
    }

    private async Task<IReadOnlyList<DataTypeNode>> ReadAsync(
        List<NodeId> ids, CancellationToken cancellationToken)
    {
        var attributes = await _session.ReadAsync(
            [
                .. ids.SelectMany(id => new ReadValueId[]
                {
                    new() { NodeId = id, AttributeId = AttributeIds.BrowseName },
                    new() { NodeId = id, AttributeId = AttributeIds.IsAbstract },
                    new() { NodeId = id, AttributeId = AttributeIds.DataTypeDefinition },
                }),
            ],
            TimestampsToReturn.Neither,
            TimeSpan.Zero,
            cancellationToken);
        var relations = await BrowseAsync(ids, cancellationToken);
        var texts = await ReadTextsAsync(relations, cancellationToken);
        var nodes = new DataTypeNode[ids.Count];
        for (var i = 0; i < ids.Count; i++)
        {
            nodes[i] = new()
            {
                Id = ids[i],
                Name = attributes[3 * i].Value.Object is QualifiedName { Name: { } name } ? name : ids[i].ToString(),
                SuperType = relations[i].SuperType,
                IsAbstract = attributes[(3 * i) + 1].Value.AsBoolean() ?? false,
                Definition = attributes[(3 * i) + 2] is { Status.IsBad: false } definition ? definition.Value : default,
                EnumTexts = texts[i],
                BinaryEncodingId = relations[i].Encoding,
            };
        }

        return nodes;
    }

    private async Task<Relations[]> BrowseAsync(List<NodeId> ids, CancellationToken cancellationToken)
    {
        var relations = new Relations[ids.Count];
        var browse = ids.Select(id => new BrowseDescription
        {
            NodeId = id,
            BrowseDirection = BrowseDirection.Both,
            ReferenceTypeId = References,
            IncludeSubtypes = true,
            ResultMask = BrowseMasks.ReferenceType | BrowseMasks.IsForward | BrowseMasks.BrowseName,
        });
        await foreach (var page in _session.BrowseAsync([.. browse], cancellationToken))
        {
            foreach (var reference in page.References)
            {
                if (_session.Namespaces.TryResolve(reference.NodeId, out var target))
                {
                    relations[page.Index] = relations[page.Index].With(reference, target);
                }
            }
        }

        return relations;
    }

    private async Task<Variant[]> ReadTextsAsync(Relations[] relations, CancellationToken cancellationToken)
    {
        var texts = new Variant[relations.Length];
        var indices = Enumerable.Range(0, relations.Length).Where(i => !relations[i].EnumTexts.IsNull).ToList();
        var values = await _session.ReadAttributeAsync(
            indices.Select(i => relations[i].EnumTexts), AttributeIds.Value, cancellationToken);
        foreach (var (index, value) in indices.Zip(values))
        {
            texts[index] = value.Status.IsBad ? default : value.Value;
        }

        return texts;
    }

    private readonly record struct Relations(NodeId SuperType, NodeId EnumTexts, NodeId Encoding)
    {
        public Relations With(ReferenceDescription reference, NodeId target)
        {
            if (reference.ReferenceTypeId == ServerNodes.HasSubtype && !reference.IsForward)
            {
                return this with { SuperType = target };
            }

            return (reference.IsForward, reference.BrowseName.NamespaceIndex, reference.BrowseName.Name) switch
            {
                (true, 0, "EnumStrings" or "EnumValues") => this with { EnumTexts = target },
                (true, 0, "Default Binary") when reference.ReferenceTypeId == HasEncoding =>
                    this with { Encoding = target },
                _ => this,
            };
        }
    }
}

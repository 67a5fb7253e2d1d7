using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The nodes of a small server for simulation and tests: the standard's that clients need, and those that are added
/// here. Every method takes and gives the handle of a node, a number of this space; a handle stays the same over
/// restarts of the server, whatever index a restart gives to the node's namespace.
/// <code>
/// var space = new AddressSpace();
/// var plant = space.AddNamespace("urn:example:plant");
/// var press = space.AddObject(AddressSpace.Objects, new NodeId(plant, "Press1"), "Press1");
/// var speed = space.AddVariable(press, new NodeId(plant, "Press1.Speed"), "Speed", BuiltInType.Double);
/// space.Set(speed, Variant.From(12.5), StatusCodes.Good, UaDateTime.From(clock.GetUtcNow()));
/// </code>
/// </summary>
/// <remarks>
/// Safe for concurrent use: everything takes <see cref="Gate"/>, as the server does while it answers and samples. Hold
/// it over many calls of <see cref="Set(int, Variant, StatusCode, UaDateTime)"/> that belong to one instant.
/// </remarks>
public sealed partial class AddressSpace
{
    // Of namespaces, by the two bytes of an index; of real servers a few dozen.
    private const int MaxNamespaces = 1024;

    private readonly NodeTable _nodes = new();
    private readonly VariableValues _values = new();
    private readonly Dictionary<int, NodeExtras> _extras = [];
    private readonly List<string> _namespaces = [NamespaceUris.OpcUa];

    public AddressSpace() => StandardNodes.AddTo(this);

    /// <summary>The handle of the node that all others lie below.</summary>
    public static int Root => 0;

    /// <summary>The handle of the Objects folder.</summary>
    public static int Objects => StandardNodes.ObjectsHandle;

    public Lock Gate { get; } = new();

    /// <summary>The URIs in the order in which they were added; the server's order is its own.</summary>
    public IReadOnlyList<string> Namespaces => _namespaces;

    public int NodeCount => _nodes.Count;

    internal VariableValues Values => _values;

    /// <summary>The index of the namespace in the ids of this space.</summary>
    public ushort AddNamespace(string uri)
    {
        lock (Gate)
        {
            var known = _namespaces.IndexOf(uri);
            if (known >= 0)
            {
                return (ushort)known;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_namespaces.Count, MaxNamespaces);
            _namespaces.Add(uri);
            return (ushort)(_namespaces.Count - 1);
        }
    }

    /// <summary>The handle of the node, or -1.</summary>
    public int Find(NodeId id)
    {
        lock (Gate)
        {
            return _nodes.Find(id);
        }
    }

    public NodeId IdOf(int node)
    {
        lock (Gate)
        {
            return _nodes[node].Id;
        }
    }

    public int AddFolder(int parent, NodeId id, string name) =>
        AddNode(parent, StandardIds.Organizes, new(NodeClass.Object, id, name) { Type = StandardIds.FolderType });

    /// <summary>A component of its parent; organized, where the parent is the Objects folder.</summary>
    public int AddObject(int parent, NodeId id, string name, NodeId? typeDefinition = null) =>
        AddNode(
            parent,
            parent == Objects ? StandardIds.Organizes : StandardIds.HasComponent,
            new(NodeClass.Object, id, name) { Type = typeDefinition ?? StandardIds.BaseObjectType });

    /// <summary>A variable with nothing special; the value is zero, Good, and of no time.</summary>
    public int AddVariable(int parent, NodeId id, string name, BuiltInType type)
    {
        lock (Gate)
        {
            var node = AddNode(
                parent,
                StandardIds.HasComponent,
                new(NodeClass.Variable, id, name) { Type = StandardIds.BaseDataVariableType });
            _nodes[node].Value = _values.Add(type, default);
            return node;
        }
    }

    public int AddVariable(int parent, VariableDefinition variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        lock (Gate)
        {
            var isAnalog = variable.EURange is not null || variable.EngineeringUnits is not null;
            var node = AddNode(
                parent,
                variable.IsProperty ? StandardIds.HasProperty : StandardIds.HasComponent,
                new(NodeClass.Variable, variable.Id, variable.Name)
                {
                    Type = variable.TypeDefinition ?? (isAnalog ? StandardIds.AnalogItemType
                        : variable.IsProperty ? StandardIds.PropertyType : StandardIds.BaseDataVariableType),
                });
            var value = _values.Add(variable.Type, variable.Value);
            _nodes[node].Value = value;
            AddExtras(node, variable);
            if (variable.Function is { } function)
            {
                _values.SetFunction(value, function);
            }

            if (variable.HistoryLength > 0)
            {
                _values.KeepHistory(value, variable.HistoryLength);
            }

            if (variable.EURange is { } range)
            {
                AddProperty(node, "EURange", new(StandardIds.Range), Variant.From(ExtensionObject.Of(range)));
            }

            if (variable.EngineeringUnits is { } units)
            {
                AddProperty(
                    node, "EngineeringUnits", new(StandardIds.EUInformation), Variant.From(ExtensionObject.Of(units)));
            }

            return node;
        }
    }

    /// <summary>A property whose id is that of its owner with the name behind a dot.</summary>
    public int AddProperty(int owner, string name, NodeId dataType, Variant value)
    {
        lock (Gate)
        {
            ref readonly var row = ref _nodes[owner];
            var id = new NodeId(row.Id.NamespaceIndex, $"{row.Id.Text ?? row.Id.Identifier}.{name}");
            return AddVariable(owner, new(id, $"0:{name}")
            {
                Type = value.Type,
                DataType = dataType,
                ValueRank = value.IsArray ? 1 : VariableDefinition.Scalar,
                Value = value,
                IsProperty = true,
            });
        }
    }

    /// <summary>Any node; namespace-0 browse names are written "0:Name".</summary>
    public int AddNode(int parent, NodeId referenceType, NodeDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        lock (Gate)
        {
            var (nameNamespace, name) = definition.Name.StartsWith("0:", StringComparison.Ordinal)
                ? ((ushort)0, definition.Name[2..])
                : (definition.Id.NamespaceIndex, definition.Name);
            var reference = _nodes.Find(referenceType);
            var type = definition.Type.IsNull ? 0 : Math.Max(0, _nodes.Find(definition.Type));
            var node = _nodes.Add(new()
            {
                Id = definition.Id,
                Class = definition.Class,
                Name = name == definition.Id.Text ? null : name,
                NameNamespace = nameNamespace,
                Type = type,
                Value = -1,
            });
            if (node != Root)
            {
                _nodes.Append(parent, node, Math.Max(0, reference));
            }

            return node;
        }
    }

    /// <summary>A reference beside the tree, seen from both ends.</summary>
    public void AddReference(int source, NodeId referenceType, int target)
    {
        lock (Gate)
        {
            var type = _nodes.Find(referenceType);
            ArgumentOutOfRangeException.ThrowIfNegative(type, nameof(referenceType));
            ExtrasOf(source).References.Add(new(type, target, true));
            ExtrasOf(target).References.Add(new(type, source, false));
        }
    }

    internal ref NodeRow Row(int node) => ref _nodes[node];

    internal NodeExtras? FindExtras(int node) => _nodes[node].HasExtras ? _extras[node] : null;

    internal NodeExtras ExtrasOf(int node)
    {
        ref var row = ref _nodes[node];
        if (!row.HasExtras)
        {
            row.HasExtras = true;
            _extras[node] = new();
        }

        return _extras[node];
    }

    private void AddExtras(int node, VariableDefinition variable)
    {
        if (variable is
            {
                DataType: null, ValueRank: VariableDefinition.Scalar, ArrayDimensions.Count: 0, DisplayName: null,
                Description: null, MinimumSamplingInterval: 0, HistoryLength: 0, IsReadable: true,
            })
        {
            return;
        }

        var extras = ExtrasOf(node);
        extras.DataType = variable.DataType;
        extras.ValueRank = variable.ValueRank;
        extras.ArrayDimensions = variable.ArrayDimensions;
        extras.DisplayName = variable.DisplayName;
        extras.Description = variable.Description;
        extras.MinimumSamplingInterval = variable.MinimumSamplingInterval;
        extras.IsHistorized = variable.HistoryLength > 0;
        extras.IsReadable = variable.IsReadable;
    }
}

using EdgeAgent.Commands.Browse;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.Commands.Browse;

/// <summary>A small walk, written by hand.</summary>
internal sealed class SomeWalk
{
    public List<WalkedNode> Nodes { get; } =
    [
        new()
        {
            Parent = -1,
            Depth = 0,
            Id = new(85),
            Name = new(0, "Objects"),
            DisplayName = "Objects",
            Class = NodeClass.Object,
        },
    ];

    public Dictionary<int, VariableFacts> Facts { get; } = [];

    public NamespaceTable Namespaces { get; } = new([NamespaceUris.OpcUa, "urn:plant"]);

    public int Folder(int parent, string name) => Add(parent, name, NodeClass.Object, new(61));

    public int Object(int parent, string name, string? display = null) =>
        Add(parent, name, NodeClass.Object, new(58), display);

    public int Variable(int parent, string name, VariableFacts facts, string? display = null, bool isProperty = false)
    {
        var index = Add(parent, name, NodeClass.Variable, new(63), display, isProperty);
        Facts[index] = facts;
        return index;
    }

    public static VariableFacts FactsOf(BuiltInType type) => new() { Type = type, IsArray = false, IsReadable = true };

    public IReadOnlyList<TagRow> Rows() =>
        new TagRows(Nodes, Facts, Namespaces).Of(Facts.Keys.Order());

    private int Add(
        int parent, string name, NodeClass nodeClass, NodeId type, string? display = null, bool isProperty = false)
    {
        Nodes.Add(new()
        {
            Parent = parent,
            Depth = Nodes[parent].Depth + 1,
            Id = new(1, $"{name}{Nodes.Count}"),
            Name = new(1, name),
            DisplayName = display ?? name,
            Class = nodeClass,
            Type = type,
            IsProperty = isProperty,
        });
        return Nodes.Count - 1;
    }
}

using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Browse;

/// <summary>
/// The nodes of a walk as a tree for people: the name, then type and unit of variables, then the address to be written
/// down.
/// <code>
///   Objects
///   └─ Press1                 一号压力机
///      ├─ Temp                float32 °C   nsu=urn:maker;s=Press1.Temp
///      └─ Running             bool         nsu=urn:maker;s=Press1.Running
/// </code>
/// </summary>
internal sealed class TreeText(
    IReadOnlyList<WalkedNode> nodes, IReadOnlyDictionary<int, VariableFacts> facts, NamespaceTable namespaces)
{
    // Wide enough for usual names some levels down; longer ones push the rest to the right.
    private const int NameWidth = 40;
    private const int TypeWidth = 18;

    private readonly ILookup<int, int> _children = Enumerable.Range(0, nodes.Count)
        .Where(index => !nodes[index].IsProperty)
        .ToLookup(index => nodes[index].Parent);

    public void Write(TextWriter output)
    {
        // No recursion: a server may nest as deep as it likes.
        var stack = new Stack<(int Index, string Indent, string Branch)>();
        stack.Push((0, "", ""));
        while (stack.TryPop(out var next))
        {
            var (index, indent, branch) = next;
            output.WriteLine(Line(index, indent + branch));
            var below = branch switch
            {
                "" => indent,
                "└─ " => indent + "   ",
                _ => indent + "│  ",
            };
            var children = _children[index].ToList();
            for (var i = children.Count - 1; i >= 0; i--)
            {
                stack.Push((children[i], below, i == children.Count - 1 ? "└─ " : "├─ "));
            }
        }
    }

    private string Line(int index, string branch)
    {
        var node = nodes[index];
        var name = TerminalText.Of(node.Name.Name ?? node.DisplayName);
        var display = TerminalText.Of(node.DisplayName);
        var title = TextWidth.Pad(branch + name, NameWidth);
        var other = display == name ? "" : display;
        if (!node.IsVariable)
        {
            return $"{title}{other}".TrimEnd();
        }

        var address = namespaces.AddressOf(node.Id)?.ToString() ?? node.Id.ToString();
        return $"{title}{TextWidth.Pad(TypeOf(index), TypeWidth)}{TerminalText.Of(address)}  {other}".TrimEnd();
    }

    private string TypeOf(int index)
    {
        if (!facts.TryGetValue(index, out var fact))
        {
            return "?";
        }

        var type = TagRows.Word(fact.Type) ?? fact.Type.ToString();
        return TerminalText.Of(
            $"{type}{(fact.IsArray ? "[]" : "")}{(fact.IsReadable ? "" : " (no read)")} {fact.Unit}").TrimEnd();
    }
}

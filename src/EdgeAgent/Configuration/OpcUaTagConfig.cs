using EdgeAgent.Configuration.Nodes;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Structures;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration;

/// <summary>A tag that is the value, or a part of the value, of an OPC UA node.</summary>
internal sealed record OpcUaTagConfig : TagConfig
{
    private const string Example = "nsu=http://example.com/machine;s=Spindle.Speed";

    // Part 3, 8.2.4: the identifier of a string NodeId has at most 4,096 characters; the URI comes on top.
    private const int NodeIdMaxLength = 4096 + 512;

    // A hundred samples a second: what PLC servers offer at best.
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(10);

    private static readonly CsvColumn[] OfRegisters = [Column.Order];
    private static readonly string[] Prefixes = ["nsu=", "ns=", "i=", "s=", "g=", "b=", "svr=", "svu="];

    /// <summary>Null if it could not be understood; that has been reported.</summary>
    public required NodeAddress? Address { get; init; }

    public required NodeType Type { get; init; }

    /// <summary>Fields and elements within the value; null for all of it.</summary>
    public required FieldPath? Field { get; init; }

    public required Deadband? Deadband { get; init; }

    public override string TypeText => Type == NodeType.Unknown ? "?" : NodeTypes.Words.WordOf(Type);

    public override string Place => Field is null ? $"{Address}" : $"{Address} {Field}";

    public override bool IsUnderstood => Address is not null && Type != NodeType.Unknown;

    public override long? RollsOverAt => Type switch
    {
        NodeType.UInt8 => 1L << 8,
        NodeType.UInt16 => 1L << 16,
        _ => null,
    };

    protected override ValueNature Nature => Type.NatureOf();

    public static bool LooksLikeNode(string address) =>
        Prefixes.Any(prefix => address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    public static OpcUaTagConfig Read(CsvRow row)
    {
        var address = ReadAddress(row[Column.Address].Required(Example));
        var type = NodeTypes.Read(row[Column.Type].Required("float64"));
        var word = type == NodeType.Unknown ? "" : NodeTypes.Words.WordOf(type);
        var number = TagNumber.Read(row, word, type.NatureOf());
        var deadband = Nodes.Deadband.Read(row[Column.Deadband]);
        if (deadband is not null && type.NatureOf() is ValueNature.Boolean or ValueNature.Text)
        {
            row[Column.Deadband].Error(
                ($"：{word} 没有死区", $"does not apply to {word}, which is not a number"), ("留空", "leave it empty"));
        }

        Refuse(row, OfRegisters, "OPC UA");
        return new OpcUaTagConfig
        {
            Id = ReadId(row),
            Device = ReadDevice(row),
            Address = address,
            Type = type,
            Field = NodeField.Read(row[Column.Field]),
            Deadband = deadband,
            Scale = number.Scale,
            Offset = number.Offset,
            Unit = ReadUnit(row),
            Decimals = number.Decimals,
            Interval = ReadInterval(row, IntervalMin),
            Description = row[Column.Description].Line(),
        };
    }

    private static NodeAddress? ReadAddress(Field field)
    {
        var text = field.Line(maxLength: NodeIdMaxLength, example: Example);
        if (text.Length == 0)
        {
            return null;
        }

        if (text.StartsWith("ns=", StringComparison.OrdinalIgnoreCase))
        {
            field.Error(
                ($"用了命名空间序号：{Quoted.Of(text)}。服务器重启后序号可能变，点会读到别的节点",
                    $"uses a namespace index: {Quoted.Of(text)}; indexes change when a server restarts, and the tag " +
                    "would be another node"),
                ("写 nsu=命名空间的 URI;… ，edgeagent browse 会列出",
                    "write nsu=URI of the namespace;… as edgeagent browse lists it"));
            return null;
        }

        if (NodeAddress.TryParse(text, out var address, out var problem))
        {
            return address;
        }

        field.Error(
            ($"不是 OPC UA 节点：{Quoted.Of(text)}", $"is not an OPC UA node: {Quoted.Of(text)} ({problem})"),
            ($"{Example}，或命名空间 0 的 i=2258", $"{Example}, or i=2258 of namespace 0"));
        return null;
    }
}

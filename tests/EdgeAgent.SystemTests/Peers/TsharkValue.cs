using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// A DataValue as tshark decodes it. What a value is comes from tshark's fields, its digits from the bytes of the
/// field: tshark rounds what it shows. Times are in 100 ns since 1601, 0 for none.
/// </summary>
/// <param name="Handle">The client handle of a notification; null in reads and history.</param>
/// <param name="Value">In the notation of <see cref="OpcUa.WireText"/>.</param>
internal sealed record TsharkValue(
    uint? Handle,
    string Value,
    uint Status,
    long SourceTime,
    long ServerTime,
    int SourcePicoseconds,
    int ServerPicoseconds)
{
    private const int NumberOfElementTypes = 26;

    private static readonly string[] TypeNames =
    [
        "Null", "Boolean", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Float", "Double",
        "String", "DateTime", "Guid", "ByteString", "XmlElement", "NodeId", "ExpandedNodeId", "StatusCode",
        "QualifiedName", "LocalizedText", "ExtensionObject", "DataValue", "Variant", "DiagnosticInfo",
    ];

    /// <summary>All of a message, in order.</summary>
    public static IEnumerable<TsharkValue> In(TsharkField message, uint? handle = null)
    {
        foreach (var field in message.Fields)
        {
            if (field.IsA("DataValue"))
            {
                yield return Of(field, handle);
                continue;
            }

            var inner = field.IsA("MonitoredItemNotification")
                ? BinaryPrimitives.ReadUInt32LittleEndian(field.Field("opcua.ClientHandle")!.Bytes)
                : handle;
            foreach (var value in In(field, inner))
            {
                yield return value;
            }
        }
    }

    private static TsharkValue Of(TsharkField field, uint? handle)
    {
        var variant = field.Structure("Variant");
        return new(
            handle,
            variant is null ? "null" : Variant(variant),
            (uint)Integer(field, "opcua.StatusCode"),
            Integer(field, "opcua.datavalue.SourceTimestamp"),
            Integer(field, "opcua.datavalue.ServerTimestamp"),
            (int)Integer(field, "opcua.datavalue.SourcePicoseconds"),
            (int)Integer(field, "opcua.datavalue.ServerPicoseconds"));
    }

    private static string Variant(TsharkField variant)
    {
        var encoding = variant.Field("opcua.variant.has_value")!.Bytes[0];
        var type = encoding & 0x3f;
        Assert.True(type < NumberOfElementTypes, $"there is no built-in type {type}");
        if (type == 0)
        {
            return "null";
        }

        var isArray = (encoding & 0x80) != 0;
        if (!isArray)
        {
            var text = Text(variant.Fields[1], variant);
            return text == "null" ? text : $"{TypeNames[type]} {text}";
        }

        var array = variant.Structure("Array of " + TypeNames[type])!;
        var elements = array.Fields.Where(element => element.Name != "opcua.variant.ArraySize");
        var dimensions = variant.Fields.FirstOrDefault(field => field.Show == "ArrayDimensions");
        var shape = dimensions is null
            ? ""
            : string.Join('x', dimensions.Fields.Skip(1).Select(length => Text(length, dimensions)));
        return $"{TypeNames[type]}[{shape}]{{{string.Join(", ", elements.Select(element => Text(element, array)))}}}";
    }

    private static string Text(TsharkField field, TsharkField parent) => field.Name switch
    {
        "opcua.Boolean" => field.Bytes[0] != 0 ? "true" : "false",
        "opcua.SByte" => Invariant((sbyte)field.Bytes[0]),
        "opcua.Byte" => Invariant(field.Bytes[0]),
        "opcua.Int16" => Invariant(BinaryPrimitives.ReadInt16LittleEndian(field.Bytes)),
        "opcua.UInt16" => Invariant(BinaryPrimitives.ReadUInt16LittleEndian(field.Bytes)),
        "opcua.Int32" => Invariant(BinaryPrimitives.ReadInt32LittleEndian(field.Bytes)),
        "opcua.UInt32" => Invariant(BinaryPrimitives.ReadUInt32LittleEndian(field.Bytes)),
        "opcua.Int64" => Invariant(BinaryPrimitives.ReadInt64LittleEndian(field.Bytes)),
        "opcua.UInt64" => Invariant(BinaryPrimitives.ReadUInt64LittleEndian(field.Bytes)),
        "opcua.Float" => $"{BinaryPrimitives.ReadInt32LittleEndian(field.Bytes):x8}",
        "opcua.Double" => $"{BinaryPrimitives.ReadInt64LittleEndian(field.Bytes):x16}",
        "opcua.DateTime" => Invariant(BinaryPrimitives.ReadInt64LittleEndian(field.Bytes)),
        "opcua.Guid" => new Guid(field.Bytes).ToString("D"),
        "opcua.StatusCode" => $"{BinaryPrimitives.ReadUInt32LittleEndian(field.Bytes):x8}",
        "opcua.String" or "opcua.XmlElement" => Characters(field),
        "opcua.ByteString" => IsNull(field) ? "null" : IsEmpty(field) ? "" : field.Value,
        _ when field.IsA("NodeId") => NodeId(field),
        _ when field.IsA("ExpandedNodeId") => ExpandedNodeId(field),
        _ when field.IsA("QualifiedName") =>
            $"{Integer(field, "opcua.qualname.Id")}:{Characters(field.Field("opcua.qualname.Name"))}",
        _ when field.IsA("LocalizedText") =>
            $"{Characters(field.Field("opcua.loctext.Locale"))}:{Characters(field.Field("opcua.loctext.Text"))}",
        _ when field.IsA("ExtensionObject") => ExtensionObject(field),
        _ when field.IsA("DataValue") => Of(field, null).ToString(),
        _ when field.IsA("Variant") => Variant(field),
        _ when field.IsA("DiagnosticInfo") => DiagnosticInfo(field),
        _ => throw new InvalidOperationException($"{field} in {parent}"),
    };

    public override string ToString() =>
        $"({Value}; {Status:x8}; {SourceTime}+{SourcePicoseconds}; {ServerTime}+{ServerPicoseconds})";

    private static string NodeId(TsharkField id)
    {
        var identifier = id.Fields[^1];
        var text = identifier.Name switch
        {
            "opcua.nodeid.numeric" => "i=" + identifier.Show,
            "opcua.nodeid.string" => "s=" + Encoding.UTF8.GetString(identifier.Bytes),
            "opcua.nodeid.guid" => $"g={new Guid(identifier.Bytes):D}",
            "opcua.nodeid.bytestring" => "b=" + Convert.ToBase64String(identifier.Bytes),
            _ => throw new InvalidOperationException(identifier.Name),
        };
        var index = Integer(id, "opcua.nodeid.nsindex");
        return index == 0 ? text : $"ns={index};{text}";
    }

    private static string ExpandedNodeId(TsharkField id)
    {
        var only = new TsharkField("", "NodeId", "", "");
        only.Fields.AddRange(id.Fields.Where(
            field => field.Name.StartsWith("opcua.nodeid.", StringComparison.Ordinal)));
        return $"{NodeId(only)},{Characters(id.Field("opcua.expandednodeid.NamespaceUri"))}," +
            $"{Integer(id, "opcua.expandednodeid.ServerIndex")}";
    }

    // Its own bytes are those of the type, one of the encoding, four of the length, and the body.
    private static string ExtensionObject(TsharkField extension)
    {
        var type = extension.Structure("ExpandedNodeId")!;
        var bytes = extension.Bytes.AsSpan(type.Bytes.Length);
        var body = bytes[0] == 0 ? [] : bytes[5..];
        var only = new TsharkField("", "NodeId", "", "");
        only.Fields.AddRange(type.Fields.Skip(1));
        return $"{NodeId(only)} {Convert.ToHexStringLower(body)}";
    }

    private static string DiagnosticInfo(TsharkField info) => string.Join(
        ' ', info.Fields.Skip(1).Select(field => field.Name["opcua.diag.".Length..] + "=" + field.Show));

    private static string Characters(TsharkField? field) =>
        field is null || IsNull(field) ? "null"
        : IsEmpty(field) ? "\"\""
        : $"\"{Encoding.UTF8.GetString(field.Bytes)}\"";

    // Of a text without characters tshark gives the length as its bytes, else the characters alone.
    private static bool IsNull(TsharkField field) => field.Value == "ffffffff";

    private static bool IsEmpty(TsharkField field) => field.Value == "00000000";

    private static long Integer(TsharkField parent, string name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes.Clear();
        parent.Field(name)?.Bytes.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

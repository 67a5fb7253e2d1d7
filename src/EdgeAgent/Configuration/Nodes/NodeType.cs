using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Nodes;

/// <summary>The type column of a tag that is an OPC UA node: what the node's value is, or something narrower.</summary>
internal enum NodeType
{
    /// <summary>Stands for a type that could not be understood and has been reported.</summary>
    Unknown,
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float32,
    Float64,
    String,
    DateTime,
}

internal static class NodeTypes
{
    public static readonly Choices<NodeType> Words = new(
        (NodeType.Bool, ["bool"]),
        (NodeType.Int8, ["int8"]),
        (NodeType.Int16, ["int16"]),
        (NodeType.Int32, ["int32"]),
        (NodeType.Int64, ["int64"]),
        (NodeType.UInt8, ["uint8"]),
        (NodeType.UInt16, ["uint16"]),
        (NodeType.UInt32, ["uint32"]),
        (NodeType.UInt64, ["uint64"]),
        (NodeType.Float32, ["float32"]),
        (NodeType.Float64, ["float64"]),
        (NodeType.String, ["string"]),
        (NodeType.DateTime, ["datetime"]));

    public static ValueNature NatureOf(this NodeType type) => type switch
    {
        NodeType.Bool => ValueNature.Boolean,
        NodeType.Float32 or NodeType.Float64 => ValueNature.Float,
        NodeType.String or NodeType.DateTime => ValueNature.Text,
        _ => ValueNature.Integer,
    };

    /// <summary><see cref="NodeType.Unknown"/> if it cannot be understood; that is then reported.</summary>
    public static NodeType Read(Field field)
    {
        var text = field.Line(example: "float64");
        if (text.Length == 0)
        {
            return NodeType.Unknown;
        }

        if (Words.TryParse(text, out var type))
        {
            return type;
        }

        if (text.StartsWith("string:", StringComparison.OrdinalIgnoreCase))
        {
            field.Error(("：OPC UA 的 string 不带长度", "has a length, which a string of OPC UA does not need"), "string");
            return NodeType.Unknown;
        }

        field.Error(
            ($"没有这种类型：{Quoted.Of(text)}", $"is unknown: {Quoted.Of(text)}"),
            Meant(text) ?? field.Findings.Suggest(text, Words.Words) ?? Words.Listed);
        return NodeType.Unknown;
    }

    // The names of OPC UA (Part 6, 5.1.2) and of IEC 61131-3.
    private static string? Meant(string word) => word.ToUpperInvariant() switch
    {
        "BOOLEAN" or "BIT" => "bool",
        "SBYTE" or "SINT" => "int8",
        "BYTE" or "USINT" => "uint8",
        "INT" or "SHORT" => "int16",
        "UINT" or "WORD" or "USHORT" => "uint16",
        "DINT" or "LONG" or "ENUM" or "ENUMERATION" => "int32",
        "UDINT" or "DWORD" or "ULONG" => "uint32",
        "LINT" => "int64",
        "ULINT" or "LWORD" => "uint64",
        "REAL" or "FLOAT" or "SINGLE" => "float32",
        "LREAL" or "DOUBLE" => "float64",
        "LOCALIZEDTEXT" or "TEXT" or "GUID" => "string",
        "UTCTIME" or "DATE_AND_TIME" or "DTL" => "datetime",
        _ => null,
    };
}

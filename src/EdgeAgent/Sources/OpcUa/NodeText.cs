using EdgeAgent.Configuration.Nodes;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>Values of nodes as texts.</summary>
internal static class NodeText
{
    /// <summary>The text of a value that <see cref="NodeFormat.Accepts"/>; null for a null text.</summary>
    public static string? Of(in Variant value) => value.Type switch
    {
        // UTC with all seven decimals: the resolution of the source.
        BuiltInType.DateTime => new UaDateTime(value.Bits).ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", null),
        BuiltInType.LocalizedText => ((LocalizedText)value.Object!).Text,
        BuiltInType.QualifiedName => ((QualifiedName)value.Object!).Name,
        BuiltInType.Guid => ((Guid)value.Object!).ToString("D"),
        _ => value.Object as string,
    };

    /// <summary>What the point table would have to say for this node, for a message; null if nothing fits.</summary>
    public static string? TypeFor(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => NodeTypes.Words.WordOf(NodeType.Bool),
        BuiltInType.SByte => NodeTypes.Words.WordOf(NodeType.Int8),
        BuiltInType.Byte => NodeTypes.Words.WordOf(NodeType.UInt8),
        BuiltInType.Int16 => NodeTypes.Words.WordOf(NodeType.Int16),
        BuiltInType.UInt16 => NodeTypes.Words.WordOf(NodeType.UInt16),
        BuiltInType.Int32 => NodeTypes.Words.WordOf(NodeType.Int32),
        BuiltInType.UInt32 => NodeTypes.Words.WordOf(NodeType.UInt32),
        BuiltInType.Int64 => NodeTypes.Words.WordOf(NodeType.Int64),
        BuiltInType.UInt64 => NodeTypes.Words.WordOf(NodeType.UInt64),
        BuiltInType.Float => NodeTypes.Words.WordOf(NodeType.Float32),
        BuiltInType.Double => NodeTypes.Words.WordOf(NodeType.Float64),
        BuiltInType.DateTime => NodeTypes.Words.WordOf(NodeType.DateTime),
        BuiltInType.String or BuiltInType.LocalizedText or BuiltInType.QualifiedName or BuiltInType.Guid
            or BuiltInType.XmlElement => NodeTypes.Words.WordOf(NodeType.String),
        _ => null,
    };
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Upper bounds for the bytes that operations take in a request.</summary>
internal static class EncodedSize
{
    // UTF-8 takes at most three bytes for a char, and a length stands before it.
    private const int BytesPerChar = 3;
    private const int LengthBytes = 4;

    // Encoding byte, namespace index, and a GUID as the longest identifier that is neither text nor opaque.
    private const int NodeIdBytes = 1 + 2 + 16;

    /// <summary>With a filter of the largest kind we send.</summary>
    public const int MonitoredItemModifyBytes = 68;

    public static int Of(NodeId id) => NodeIdBytes + Of(id.Text) + id.Opaque.Length;

    public static int Of(ReadValueId node) =>
        Of(node.NodeId) + sizeof(uint) + Of(node.IndexRange) + sizeof(ushort) + Of(node.DataEncoding.Name);

    public static int Of(BrowseDescription node) => Of(node.NodeId) + Of(node.ReferenceTypeId) + 13;

    public static int Of(BrowsePath path) =>
        Of(path.StartingNode) + LengthBytes
        + path.RelativePath.Elements.Sum(element => Of(element.ReferenceTypeId) + 4 + Of(element.TargetName.Name));

    // With a filter of the largest kind we send, a DataChangeFilter.
    public static int Of(MonitoredItemCreateRequest item) => Of(item.ItemToMonitor) + 64;

    private static int Of(string? text) => LengthBytes + (BytesPerChar * (text?.Length ?? 0));
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The values of tests/peers/opcua/values.mjs, once more.</summary>
internal static class InteropValues
{
    private static readonly Guid PeerGuid = new("72962B91-FA75-4AE6-8D28-B404DC7DAF63");

    /// <summary>Of every constant: 2024-02-29T12:34:56.7891234Z, and 50 ps.</summary>
    public static readonly UaDateTime SourceTime =
        UaDateTime.From(new DateTimeOffset(2024, 2, 29, 12, 34, 56, 789, TimeSpan.Zero).AddTicks(1234));

    /// <summary>In the unit of the wire, 10 ps.</summary>
    public const ushort SourcePicoseconds = 5;

    public static IReadOnlyDictionary<string, Variant> Scalars { get; } = new Dictionary<string, Variant>
    {
        ["Boolean.True"] = Variant.From(true),
        ["Boolean.False"] = Variant.From(false),
        ["SByte.Min"] = Variant.From(sbyte.MinValue),
        ["SByte.Max"] = Variant.From(sbyte.MaxValue),
        ["Byte.Min"] = Variant.From(byte.MinValue),
        ["Byte.Max"] = Variant.From(byte.MaxValue),
        ["Int16.Min"] = Variant.From(short.MinValue),
        ["Int16.Max"] = Variant.From(short.MaxValue),
        ["UInt16.Min"] = Variant.From(ushort.MinValue),
        ["UInt16.Max"] = Variant.From(ushort.MaxValue),
        ["Int32.Min"] = Variant.From(int.MinValue),
        ["Int32.Max"] = Variant.From(int.MaxValue),
        ["UInt32.Min"] = Variant.From(uint.MinValue),
        ["UInt32.Max"] = Variant.From(uint.MaxValue),
        ["Int64.Min"] = Variant.From(long.MinValue),
        ["Int64.Max"] = Variant.From(long.MaxValue),
        ["Int64.MinusOne"] = Variant.From(-1L),
        ["UInt64.Min"] = Variant.From(ulong.MinValue),
        ["UInt64.Max"] = Variant.From(ulong.MaxValue),
        ["UInt64.OverDouble"] = Variant.From((1UL << 53) + 1),
        ["Float.Tenth"] = Variant.From(0.1f),
        ["Float.Max"] = Variant.From(float.MaxValue),
        ["Float.Tiny"] = Variant.From(float.Epsilon),
        ["Float.Infinity"] = Variant.From(float.PositiveInfinity),
        ["Double.Tenth"] = Variant.From(0.1),
        ["Double.Max"] = Variant.From(double.MaxValue),
        ["Double.Tiny"] = Variant.From(double.Epsilon),
        ["Double.MinusZero"] = Variant.From(-0.0),
        ["Double.Infinity"] = Variant.From(double.PositiveInfinity),
        ["Double.MinusInfinity"] = Variant.From(double.NegativeInfinity),

        // The bits of JavaScript's NaN; .NET's constants have the sign set.
        ["Float.NaN"] = Variant.From(BitConverter.Int32BitsToSingle(0x7fc00000)),
        ["Double.NaN"] = Variant.From(BitConverter.Int64BitsToDouble(0x7ff8000000000000)),
        ["String.Chinese"] = Variant.From("一号压力机：温度 ≥ 80 ℃"),
        ["String.Emoji"] = Variant.From("🏭 𠮷"),
        ["String.Empty"] = Variant.From(""),
        ["String.Null"] = Variant.From((string?)null),
        ["String.Long"] = Variant.From(new string('长', 20_000)),
        ["DateTime.Ticks"] = Variant.From(SourceTime),
        ["DateTime.Before1970"] = Variant.From(UaDateTime.From(new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero))),
        ["DateTime.None"] = Variant.From(UaDateTime.None),
        ["Guid"] = Variant.From(PeerGuid),
        ["ByteString"] = Variant.From([0x00, 0xff, 0x10, 0xe4, 0xb8, 0xad]),
        ["ByteString.Empty"] = Variant.From(Array.Empty<byte>()),
        ["ByteString.Null"] = Variant.From((byte[]?)null),
        ["XmlElement"] = Variant.FromXml("<state xmlns=\"urn:x\">运行</state>"),
        ["NodeId.Numeric"] = Variant.From(new NodeId(2253)),
        ["NodeId.String"] = Variant.From(new NodeId(3, "压机.温度")),
        ["NodeId.Guid"] = Variant.From(new NodeId(4, PeerGuid)),
        ["NodeId.Opaque"] = Variant.From(new NodeId(5, [0, 1, 2, 255])),
        ["NodeId.Big"] = Variant.From(new NodeId(300, uint.MaxValue)),

        // node-opcua loses the namespace's URI and the server's index when it copies a Variant.
        ["ExpandedNodeId"] = Variant.From(new ExpandedNodeId(new(42))),
        ["StatusCode"] = Variant.From(new StatusCode(StatusCodes.BadDeviceFailure)),
        ["QualifiedName"] = Variant.From(new QualifiedName(2, "转速")),
        ["LocalizedText"] = Variant.From(new LocalizedText("zh-CN", "空压机")),
        ["LocalizedText.TextOnly"] = Variant.From(new LocalizedText(null, "compressor")),
        ["LocalizedText.LocaleOnly"] = Variant.From(new LocalizedText("de", null)),
        ["DiagnosticInfo"] = Variant.From(new DiagnosticInfo { SymbolicId = 3, AdditionalInfo = "why" }),
    };

    public static IReadOnlyDictionary<string, Variant> Arrays { get; } = new Dictionary<string, Variant>
    {
        ["Boolean"] = Of(BuiltInType.Boolean, new[] { true, false, true }),
        ["SByte"] = Of(BuiltInType.SByte, new sbyte[] { -128, 0, 127 }),
        ["Byte"] = Of(BuiltInType.Byte, new byte[] { 0, 128, 255 }),
        ["Int16"] = Of(BuiltInType.Int16, new short[] { short.MinValue, 0, short.MaxValue }),
        ["UInt16"] = Of(BuiltInType.UInt16, new ushort[] { 0, ushort.MaxValue }),
        ["Int32"] = Of(BuiltInType.Int32, new[] { int.MinValue, 0, int.MaxValue }),
        ["UInt32"] = Of(BuiltInType.UInt32, new uint[] { 0, uint.MaxValue }),
        ["Int64"] = Of(BuiltInType.Int64, new[] { long.MinValue, 0, long.MaxValue }),
        ["UInt64"] = Of(BuiltInType.UInt64, new ulong[] { 0, ulong.MaxValue }),
        ["Float"] = Of(BuiltInType.Float, new[] { 0.5f, -0.25f, BitConverter.Int32BitsToSingle(0x7fc00000) }),
        ["Double"] = Of(BuiltInType.Double, new[] { 0.1, double.NegativeInfinity, double.Epsilon }),
        ["String"] = Of(BuiltInType.String, new string?[] { "", "压机", null, "last" }),
        ["DateTime"] = Of(
            BuiltInType.DateTime,
            new[] { new(UaDateTime.From(new(2024, 2, 29, 0, 0, 0, TimeSpan.Zero)).Ticks + 1), UaDateTime.None }),
        ["Guid"] = Of(BuiltInType.Guid, new[] { PeerGuid, Guid.Empty }),
        ["ByteString"] = Of(BuiltInType.ByteString, new byte[]?[] { [1], [], [2, 3] }),
        ["XmlElement"] = Of(BuiltInType.XmlElement, new string?[] { "<a/>", "<b>乙</b>" }),
        ["NodeId"] = Of(BuiltInType.NodeId, new NodeId[] { new(85), new(2, "x") }),
        ["ExpandedNodeId"] = Of(BuiltInType.ExpandedNodeId, new ExpandedNodeId[] { new(new(2, "x")) }),
        ["StatusCode"] = Of(BuiltInType.StatusCode, new StatusCode[] { new(0), new(StatusCodes.BadOutOfRange) }),
        ["QualifiedName"] = Of(BuiltInType.QualifiedName, new QualifiedName[] { new(1, "a") }),
        ["LocalizedText"] = Of(BuiltInType.LocalizedText, new LocalizedText[] { new("en", "on"), new("zh-CN", "开") }),
        ["Variant"] = Of(
            BuiltInType.Variant, new[] { Variant.From(1), Variant.From("二"), Variant.From(3.5) }),
        ["Empty"] = Of(BuiltInType.Double, Array.Empty<double>()),
        ["Long"] = Of(BuiltInType.Double, Enumerable.Range(0, 30_000).Select(index => index / 7.0).ToArray()),
        ["Matrix"] = Of(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, 2, 3),
        ["Cube"] = Of(BuiltInType.Double, Enumerable.Range(0, 24).Select(index => index / 4.0).ToArray(), 2, 3, 4),
        ["MatrixOfText"] = Of(BuiltInType.String, new string?[] { "甲", "乙", "丙", "丁" }, 2, 2),
    };

    /// <summary>The value and the status of the nodes Status.*.</summary>
    public static IReadOnlyDictionary<string, (Variant Value, uint Status)> Statuses { get; } =
        new Dictionary<string, (Variant, uint)>
        {
            ["BadNoValue"] = (Variant.Null, StatusCodes.BadDeviceFailure),
            ["BadWithValue"] = (Variant.From(12.5), StatusCodes.BadSensorFailure),
            ["Uncertain"] = (Variant.From(13.5), StatusCodes.UncertainLastUsableValue),
            ["GoodLocalOverride"] = (Variant.From(14.5), StatusCodes.GoodLocalOverride),
            ["NotReadable"] = (Variant.Null, StatusCodes.BadNotReadable),
            ["Forbidden"] = (Variant.Null, StatusCodes.BadNotReadable),
        };

    private static Variant Of(BuiltInType type, Array elements, params int[] dimensions) =>
        Variant.From(new UaArray(type, elements, dimensions.Length == 0 ? null : dimensions));
}

using System.Globalization;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// A notation for values that tells apart whatever the wire tells apart: type, shape, the bits of a floating-point
/// number, ticks of 100 ns since 1601. A text or bytes that are null are a null, whatever the type:
/// <c>Double 3ff0000000000000</c>, <c>Int32[2x3]{1, 2, 3, 4, 5, 6}</c>, <c>String "压机"</c>, <c>null</c>.
/// </summary>
internal static class WireText
{
    public static string Of(Variant value)
    {
        if (value.Array is not { } array)
        {
            var text = Scalar(value.ToObject());
            return text == "null" ? text : $"{value.Type} {text}";
        }

        var shape = array.Dimensions is null ? "" : string.Join('x', array.Dimensions);
        var elements = Enumerable.Range(0, array.Count).Select(
            index => array.ElementType == BuiltInType.Variant ? Of(array[index]) : Scalar(array[index].ToObject()));
        return $"{array.ElementType}[{shape}]{{{string.Join(", ", elements)}}}";
    }

    public static string Of(DataValue value) =>
        $"({Of(value.Value)}; {value.Status.Value:x8}; {value.SourceTime.Ticks}+{value.SourcePicoseconds}; " +
        $"{value.ServerTime.Ticks}+{value.ServerPicoseconds})";

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        float number => $"{BitConverter.SingleToInt32Bits(number):x8}",
        double number => $"{BitConverter.DoubleToInt64Bits(number):x16}",
        string text => $"\"{text}\"",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        UaDateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        EdgeAgent.OpcUa.StatusCode status => $"{status.Value:x8}",
        Guid guid => guid.ToString("D"),
        NodeId id => id.ToString(),
        ExpandedNodeId id => $"{id.NodeId},{Scalar(id.NamespaceUri)},{id.ServerIndex}",
        QualifiedName name => $"{name.NamespaceIndex}:{Scalar(name.Name)}",
        LocalizedText text => $"{Scalar(text.Locale)}:{Scalar(text.Text)}",
        ExtensionObject extension => $"{extension.TypeId} {Convert.ToHexStringLower(extension.Body.Span)}",
        DataValue inner => Of(inner),
        DiagnosticInfo info => Diagnostics(info),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, null),
    };

    private static string Diagnostics(DiagnosticInfo info)
    {
        var parts = new List<string>();
        void Add(string name, int index) => parts.AddRange(index < 0 ? [] : [$"{name}={index}"]);
        Add("SymbolicId", info.SymbolicId);
        Add("Namespace", info.NamespaceUri);
        Add("Locale", info.Locale);
        Add("LocalizedText", info.LocalizedText);
        parts.AddRange(info.AdditionalInfo is null ? [] : [$"AdditionalInfo={info.AdditionalInfo}"]);
        return string.Join(' ', parts);
    }
}

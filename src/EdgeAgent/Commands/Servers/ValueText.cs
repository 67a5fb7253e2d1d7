using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Commands.Servers;

/// <summary>Values for people: enumerations with their text, structures with their fields.</summary>
internal sealed class ValueText(TypeTable types, DecodingLimits limits)
{
    private const int ElementsShown = 8;

    // Deeper than that nobody reads on.
    private const int MaxDepth = 4;

    public string Of(Variant value, NodeId dataType) => Of(value, dataType, 0);

    public static string TypeOf(Variant value) =>
        value.Array is { } array
            ? $"{array.ElementType}[{(array.Dimensions is { } sizes ? string.Join(',', sizes) : array.Count)}]"
            : value.Type.ToString();

    private string Of(Variant value, NodeId dataType, int depth)
    {
        if (value.IsNull)
        {
            return "-";
        }

        if (value.Array is { } array)
        {
            var shown = Enumerable.Range(0, Math.Min(array.Count, ElementsShown))
                .Select(index => depth == MaxDepth ? "…" : Of(array[index], dataType, depth + 1));
            return $"[{string.Join(", ", shown)}{(array.Count > ElementsShown ? ", …" : "")}]";
        }

        if (value.AsInt64() is { } number && types.TextOf(dataType, number) is { } name)
        {
            return $"{number} ({name})";
        }

        return value.Object is ExtensionObject structure ? Structure(structure, depth) : value.ToString() ?? "";
    }

    private string Structure(ExtensionObject value, int depth)
    {
        var opaque = $"{value.TypeId} {{ {value.Body.Length} B }}";
        if (!types.Knows(value.TypeId) || depth == MaxDepth)
        {
            return opaque;
        }

        try
        {
            var decoded = types.Decode(value, limits);
            return Fields(decoded, depth);
        }
        catch (OpcUaException failure)
        {
            return $"{opaque} ({failure.Message})";
        }
    }

    private string Fields(StructureValue value, int depth) =>
        $"{value.Name} {{ {string.Join(", ", value.Fields.Select(field =>
            $"{field.Name} = {Of(field.Value, field.DataType, depth + 1)}"))} }}";
}

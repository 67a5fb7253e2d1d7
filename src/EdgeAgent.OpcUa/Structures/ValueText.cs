using System.Globalization;
using System.Text;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>Values for people: structures with their fields, enumerations with their texts.</summary>
/// <param name="types">What is known of structures and enumerations.</param>
/// <param name="limits">Bounds for what is decoded on the way.</param>
internal sealed class ValueText(TypeTable types, DecodingLimits limits)
{
    // A line that a person reads, not a dump.
    private const int TextMax = 4_096;
    private const int ElementsShown = 8;

    // Each ExtensionObject is decoded anew, with a count of its own: without this bound their nesting had none.
    private const int DepthMax = 16;

    private readonly StringBuilder _text = new();

    public static string Of(Variant value, NodeId dataType, TypeTable types, DecodingLimits limits)
    {
        var text = new ValueText(types, limits);
        text.Append(value, dataType, 0);
        if (text._text.Length > TextMax)
        {
            text._text.Length = TextMax;
            text._text.Append('…');
        }

        return text._text.ToString();
    }

    private void Append(Variant value, NodeId dataType, int depth)
    {
        if (_text.Length > TextMax || depth > DepthMax)
        {
            _text.Append('…');
        }
        else if (value.Array is { } array)
        {
            AppendArray(array, dataType, depth);
        }
        else if (value.Object is ExtensionObject body)
        {
            AppendStructure(body, depth);
        }
        else if (value.AsInt64() is { } number && types.TextOf(dataType, number) is { } text)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{number} ({text})");
        }
        else
        {
            _text.Append(depth > 0 && value.AsString() is { } inner ? $"\"{inner}\"" : value.ToString());
        }
    }

    private void AppendArray(UaArray array, NodeId dataType, int depth)
    {
        _text.Append('[');
        for (var i = 0; i < Math.Min(array.Count, ElementsShown); i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Append(array[i], dataType, depth + 1);
        }

        _text.Append(array.Count > ElementsShown ? $", … {array.Count} in all]" : "]");
    }

    private void AppendStructure(ExtensionObject body, int depth)
    {
        StructureValue structure;
        try
        {
            structure = types.Decode(body, limits);
        }
        catch (OpcUaException e)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{body.TypeId} ({body.Body.Length} bytes, {e.Status})");
            return;
        }

        _text.Append('{');
        for (var i = 0; i < structure.Fields.Count; i++)
        {
            var field = structure.Fields[i];
            _text.Append(i == 0 ? "" : ", ").Append(field.Name).Append(": ");
            Append(field.Value, field.DataType, depth + 1);
        }

        _text.Append('}');
    }
}

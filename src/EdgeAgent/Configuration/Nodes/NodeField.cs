using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Configuration.Nodes;

/// <summary>The field column: which part of a node's value the tag is.</summary>
internal static class NodeField
{
    // Longer than any path a person would write.
    private const int MaxLength = 512;

    /// <summary>Null for the whole value, and if it cannot be understood; that is then reported.</summary>
    public static FieldPath? Read(Field field)
    {
        var text = field.Line(maxLength: MaxLength, example: "Axis[2].Position");
        if (text.Length == 0)
        {
            return null;
        }

        if (FieldPath.TryParse(text, out var path, out var problem))
        {
            return path;
        }

        field.Error(
            new(field.Not(("结构的字段", "")).Chinese, $"is not a field of a structure: {problem}"),
            ("字段名用 . 隔开，数组元素用 [ ]，从 0 开始，例如 Axis[2].Position 或 [3]",
                "names with dots between them and elements in [ ] from 0, like Axis[2].Position or [3]"));
        return null;
    }
}

using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Nodes;

/// <summary>
/// Which part of a node's value the tag is: fields of structures by name and elements of arrays by number from 0, like
/// "Axis[2].Position", "Position", "[3]", "[1,2]". Only the form is checked here: what the server has is known when it
/// is asked.
/// </summary>
internal static class FieldPath
{
    // Part 6, 5.1.5 lets a decoder stop at a nesting of 100; nobody names a field so deep.
    private const int MaxLength = 256;

    /// <summary>"" for the whole value, and if it cannot be understood; that is then reported.</summary>
    public static string Read(Field field)
    {
        var text = field.Line(maxLength: MaxLength, example: "Axis[2].Position");
        if (text.Length == 0 || IsPath(text))
        {
            return text;
        }

        field.Error(
            field.Not(("结构的字段", "a field of a structure")),
            ("字段名用 . 隔开，数组元素用 [ ]，从 0 开始，例如 Axis[2].Position 或 [3]",
                "names with dots between them and elements in [ ] from 0, like Axis[2].Position or [3]"));
        return "";
    }

    // path = step *( "." name *index ) ; step = name *index / 1*index ; index = "[" number *( "," number ) "]"
    private static bool IsPath(ReadOnlySpan<char> path)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var nameEnd = path.IndexOfAny('.', '[', ']');
            var name = nameEnd < 0 ? path : path[..nameEnd];
            if (name.Length == 0 && !(isFirst && nameEnd == 0 && path[0] == '['))
            {
                return false;
            }

            path = path[name.Length..];
            while (path.Length > 0 && path[0] == '[')
            {
                var end = path.IndexOf(']');
                if (end < 0 || !AreNumbers(path[1..end]))
                {
                    return false;
                }

                path = path[(end + 1)..];
            }

            if (path.Length == 0)
            {
                return true;
            }

            if (path[0] != '.')
            {
                return false;
            }

            path = path[1..];
        }
    }

    private static bool AreNumbers(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split(','))
        {
            // Up to 9 digits: the length of an array is an Int32.
            if (text[part].Length is 0 or > 9 || text[part].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Structures;

/// <summary>
/// The way from a value to something within it: "State", "[3]", "Axis[2].Position", "Matrix[1,2]". Indexes begin at 0.
/// A name with a point, a bracket or a quotation mark in it is quoted: "\"Motor.1\".Speed", a quotation mark then
/// doubled.
/// </summary>
public sealed class FieldPath
{
    // Longer than any path a person would write; deeper than the values that are decoded (DecodingLimits.Nesting).
    private const int TextMax = 1_024;
    private const int StepsMax = 32;
    private const int RankMax = FieldWalker.RankMax;

    private readonly FieldStep[] _steps;

    private FieldPath(FieldStep[] steps) => _steps = steps;

    /// <exception cref="FormatException">The text is no path; the message says where and what to write.</exception>
    public static FieldPath Parse(string text) =>
        TryParse(text, out var path, out var error) ? path : throw new FormatException(error);

    /// <param name="text">As in the examples above.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What is wrong, where, and what to write, in one English sentence.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out FieldPath? path,
        [NotNullWhen(false)] out string? error)
    {
        path = null;
        if (string.IsNullOrEmpty(text) || text.Length > TextMax)
        {
            error = $"a field path has 1 to {TextMax} characters, for example Axis[2].Position";
            return false;
        }

        var steps = new List<FieldStep>();
        var position = 0;
        do
        {
            error = steps.Count == StepsMax
                ? $"a field path has at most {StepsMax} steps"
                : text[position] == '[' ? ReadIndexes(text, ref position, steps)
                : ReadName(text, ref position, steps);
        }
        while (error is null && position < text.Length);

        path = error is null ? new([.. steps]) : null;
        return error is null;
    }

    /// <summary>Follows the path into a value. Never throws for what a server sent.</summary>
    public FieldValue Read(Variant value, TypeTable types, DecodingLimits limits)
    {
        var writer = new UaWriter();
        writer.WriteVariant(value);
        return Read(writer.WrittenSpan, types, limits);
    }

    /// <summary>
    /// Follows the path into an encoded Variant, as in <see cref="ValueColumns.Encoding"/>. A number is read without
    /// allocation. The rest of the value is passed over and checked as well: bytes that do not fit the definition to
    /// the last one mean that it is not that of the value, and then no field of it may be trusted.
    /// </summary>
    public FieldValue Read(ReadOnlySpan<byte> variant, TypeTable types, DecodingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(types);
        var reader = new UaReader(variant, limits);
        try
        {
            var found = FieldWalker.Walk(ref reader, FieldShape.Scalar(BuiltInType.Variant), _steps, types);
            if (found.Status.IsGood)
            {
                reader.ExpectEnd();
            }

            return found;
        }
        catch (OpcUaException e)
        {
            return FieldValue.Bad(e.Status.Value);
        }
    }

    /// <summary>Follows the path into the value of a row.</summary>
    public FieldValue Read(ValueColumns values, int row, TypeTable types, DecodingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Types[row] switch
        {
            BuiltInType.Null => FieldValue.Bad(StatusCodes.BadNotFound),
            BuiltInType.Variant => Read(values.Encoding(row), types, limits),
            _ => FieldValue.Bad(StatusCodes.BadTypeMismatch),
        };
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            if (step.Name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{string.Join(',', step.Indexes!)}]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(Quote(step.Name));
            }
        }

        return text.ToString();
    }

    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(".[]\"") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    private static string? ReadName(string text, ref int position, List<FieldStep> steps)
    {
        if (steps.Count > 0)
        {
            if (text[position] != '.')
            {
                return $"after ] comes a point or [, not {text[position]}, at character {position + 1} of {text}";
            }

            position++;
        }

        if (position < text.Length && text[position] == '"')
        {
            return ReadQuoted(text, ref position, steps);
        }

        var end = text.AsSpan(position).IndexOfAny(".[]\"");
        var name = end < 0 ? text[position..] : text.Substring(position, end);
        position += name.Length;
        if (name.Length == 0)
        {
            return $"the name of a field is missing at character {position + 1} of {text}";
        }

        steps.Add(new(name, null));
        return position < text.Length && text[position] is ']' or '"'
            ? $"{text[position]} at character {position + 1} of {text} belongs to no name; such names are quoted whole"
            : null;
    }

    private static string? ReadQuoted(string text, ref int position, List<FieldStep> steps)
    {
        var start = position;
        var name = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            var isQuote = text[position] == '"';
            if (isQuote && (position + 1 == text.Length || text[position + 1] != '"'))
            {
                position++;
                steps.Add(new(name.ToString(), null));
                return name.Length == 0 ? $"the name at character {start + 1} of {text} is empty"
                    : position < text.Length && text[position] is not ('.' or '[')
                    ? $"after a quoted name comes a point or [, at character {position + 1} of {text}"
                    : null;
            }

            position += isQuote ? 1 : 0;
            name.Append(text[position]);
        }

        return $"the quotation mark at character {start + 1} of {text} is not closed";
    }

    private static string? ReadIndexes(string text, ref int position, List<FieldStep> steps)
    {
        var end = text.IndexOf(']', position);
        if (end < 0)
        {
            return $"the [ at character {position + 1} of {text} is not closed";
        }

        var parts = text[(position + 1)..end].Split(',');
        var indexes = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out indexes[i]))
            {
                return $"[{string.Join(',', parts)}] in {text} is no index: write [0] for the first element, "
                    + "[1,2] in a matrix";
            }
        }

        if (parts.Length > RankMax)
        {
            return $"{text} has an index of more than {RankMax} dimensions";
        }

        steps.Add(new(null, indexes));
        position = end + 1;
        return null;
    }
}

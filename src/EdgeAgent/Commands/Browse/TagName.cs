using System.Globalization;
using System.Text;

namespace EdgeAgent.Commands.Browse;

/// <summary>
/// Makes names that a tag table takes (letters, digits, '.', '-', '_'; 64 characters) from browse paths.
/// </summary>
internal sealed class TagName
{
    private const int MaxLength = 64;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>One segment with all other characters replaced.</summary>
    public static string Segment(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            var allowed = char.IsLetterOrDigit(character) || character is '-' or '_';
            if (allowed || (text.Length > 0 && text[^1] != '_'))
            {
                text.Append(allowed ? character : '_');
            }
        }

        var segment = text.ToString().Trim('_');
        return segment.Length == 0 ? "x" : segment[..Math.Min(segment.Length, MaxLength)];
    }

    /// <summary>A name that no other path has; where the path is too long, its beginning is left out.</summary>
    public string Make(IReadOnlyList<string> path)
    {
        var name = "";
        for (var i = path.Count - 1; i >= 0; i--)
        {
            var segment = Segment(path[i]);
            if (name.Length > 0 && segment.Length + 1 + name.Length > MaxLength)
            {
                break;
            }

            name = name.Length == 0 ? segment : $"{segment}.{name}";
        }

        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"_{number}");
            unique = name[..Math.Min(name.Length, MaxLength - ending.Length)] + ending;
        }

        return unique;
    }
}

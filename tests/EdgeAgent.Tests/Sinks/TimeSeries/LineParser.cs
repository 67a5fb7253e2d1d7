using System.Text;

namespace EdgeAgent.Tests.Sinks.TimeSeries;

/// <summary>
/// Reads one line by the rules of InfluxDB 1.x, where a special character is escaped by the backslash just before it.
/// Written apart from the writer, so that the two can disagree.
/// </summary>
internal sealed record LineParser(
    string Measurement, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Fields,
    long Timestamp)
{
    public static LineParser Parse(string line)
    {
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        line = line[..^1];
        Assert.DoesNotContain('\n', line);
        var front = Split(line, ' ', quotes: false)[0]; // A quote means nothing before the fields.
        var series = Split(front, ',', quotes: false);
        var parts = Split(line[(front.Length + 1)..], ' ', quotes: true);
        Assert.Equal(2, parts.Count);
        return new(
            Unescape(series[0]),
            Pairs(series.Skip(1), quotes: false),
            Pairs(Split(parts[0], ',', quotes: true), quotes: true),
            long.Parse(parts[1], null));
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> pairs, bool quotes)
    {
        var result = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var sides = Split(pair, '=', quotes);
            Assert.Equal(2, sides.Count);
            Assert.NotEqual("", sides[1]);
            result.Add(Unescape(sides[0]), quotes ? Unquote(sides[1]) : Unescape(sides[1]));
        }

        return result;
    }

    private static List<string> Split(string text, char separator, bool quotes)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = i > 0 && text[i - 1] == '\\';
            if (quotes && text[i] == '"' && !(quoted && EndsInOddBackslashes(part)))
            {
                quoted = !quoted;
            }

            if (text[i] == separator && !quoted && !escaped)
            {
                parts.Add(part.ToString());
                part.Clear();
                continue;
            }

            part.Append(text[i]);
        }

        Assert.False(quoted);
        parts.Add(part.ToString());
        return parts;
    }

    private static bool EndsInOddBackslashes(StringBuilder text)
    {
        var count = 0;
        while (count < text.Length && text[text.Length - 1 - count] == '\\')
        {
            count++;
        }

        return count % 2 == 1;
    }

    private static string Unescape(string text) => text
        .Replace("\\,", ",", StringComparison.Ordinal)
        .Replace("\\ ", " ", StringComparison.Ordinal)
        .Replace("\\=", "=", StringComparison.Ordinal);

    private static string Unquote(string text)
    {
        if (text[0] != '"')
        {
            return text;
        }

        var result = new StringBuilder();
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\' && text[i + 1] is '"' or '\\' && text[i] == '\\')
            {
                i++;
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }
}

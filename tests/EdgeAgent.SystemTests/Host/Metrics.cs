using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeAgent.SystemTests.Host;

/// <summary>What /metrics says, read as a scraper reads it: anything that is not the text format 0.0.4 fails.</summary>
internal sealed partial class Metrics
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    private Metrics()
    {
    }

    public IReadOnlyDictionary<string, string> Types => _types;

    public long Captured => this["edgeagent_samples_captured_total"];

    public long Durable => this["edgeagent_samples_durable_total"];

    /// <summary>A value by its name and labels; 0 if it is not there.</summary>
    public long this[string series] => _values.GetValueOrDefault(series);

    /// <summary>The sum over all labels.</summary>
    public long Sum(string name) => _values
        .Where(value => value.Key == name || value.Key.StartsWith(name + "{", StringComparison.Ordinal))
        .Sum(value => value.Value);

    public static Metrics Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var metrics = new Metrics();
        var helped = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } help)
            {
                helped = help.Groups[1].Value;
            }
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                Assert.Equal(helped, type.Groups[1].Value);
                Assert.True(metrics._types.TryAdd(type.Groups[1].Value, type.Groups[2].Value), line);
            }
            else
            {
                var sample = SampleLine().Match(line);
                Assert.True(sample.Success, $"Not a line of the text format: {line}");
                Assert.Equal(helped, sample.Groups[1].Value);
                metrics._values.Add(
                    sample.Groups[1].Value + sample.Groups[2].Value,
                    long.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture));
            }
        }

        return metrics;
    }

    [GeneratedRegex(@"^# HELP ([a-z_:][a-z0-9_:]*) \S.*$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        """^([a-z_:][a-z0-9_:]*)(\{[a-z_]+="(?:[^"\\\n]|\\.)*"(?:,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? (-?\d+)$""")]
    private static partial Regex SampleLine();
}

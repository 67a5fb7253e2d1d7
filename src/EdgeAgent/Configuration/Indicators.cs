using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Configuration;

/// <summary>What may be entered by hand, and in which unit.</summary>
internal static class Indicators
{
    private static readonly (string Id, string Chinese, bool HasSeries, string[] Units)[] Known =
    [
        (ValueEntry.OutputValue, "工业总产值", false, ["万元", "元"]),
        (ValueEntry.Energy, "综合能耗总量", true, ["tce", "kgce"]),
    ];

    /// <summary>
    /// The id of an indicator with its series, and the units it may have; null if unknown, which is reported.
    /// </summary>
    public static (string Id, IReadOnlyList<string> Units)? Read(Field field)
    {
        var text = field.Line(maxLength: 128, example: ValueEntry.OutputValue);
        if (text.Length == 0)
        {
            return null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? text : text[..slash];
        foreach (var (id, chinese, hasSeries, units) in Known)
        {
            if (name != id && name != chinese)
            {
                continue;
            }

            if (slash < 0)
            {
                return (id, units);
            }

            if (hasSeries && slash + 1 < text.Length)
            {
                return (id + text[slash..], units);
            }

            field.Error(
                ($"：{id} 后面不能有 {Quoted.Of(text[slash..])}", $"cannot have {Quoted.Of(text[slash..])} after {id}"), id);
            return null;
        }

        var suggestion = field.Findings.Suggest(name, Known.SelectMany(known => (string[])[known.Id, known.Chinese]));
        field.Error(
            ($"没有这个指标：{Quoted.Of(name)}", $"is unknown: {Quoted.Of(name)}"),
            suggestion ?? string.Join(", ", Known.Select(known => $"{known.Chinese} {known.Id}")));
        return null;
    }
}

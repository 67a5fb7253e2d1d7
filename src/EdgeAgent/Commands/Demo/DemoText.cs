using System.Globalization;
using System.Text;

namespace EdgeAgent.Commands.Demo;

/// <summary>The result of the demo for people.</summary>
internal static class DemoText
{
    public static string Of(DemoReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.From} – {report.To}（工厂时间 / plant time）");
        foreach (var kpi in report.Kpis)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {(kpi.Ok ? "OK " : "!! ")} {Short(kpi.Value),10} {kpi.Unit,-8} 真值 truth {Short(kpi.Truth),10}"
                + $"  {kpi.NameZh} {kpi.Id}");
        }

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"已采集 captured {report.Captured}，已落盘 durable {report.Durable}，已发布 published {report.Published}，"
            + $"平台收到 received {report.Received}，丢失 lost {report.Lost}，缺口 gaps {report.Gaps}");
        foreach (var problem in report.Problems)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  !! {problem}");
        }

        text.Append(report.Ok
            ? "全部与真值一致，没有丢失。/ All agrees with the truth; nothing was lost."
            : "不通过。/ Failed.");
        return text.ToString();
    }

    private static string Short(string? number) => number is null
        ? "null"
        : decimal.Parse(number, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture);
}

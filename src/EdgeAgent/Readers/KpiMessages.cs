using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Sinks;

namespace EdgeAgent.Readers;

/// <summary>
/// Forms the message of a KPI result: "<c>prefix/agent/kpi/kpi-id</c>", with everything needed to defend the figure.
/// All numbers with a fraction are strings: exact as "a/b" or decimal, because JSON numbers lose digits on the way.
/// </summary>
internal sealed class KpiMessages(string topicPrefix, string agent)
{
    /// <param name="result">The figure.</param>
    /// <param name="revision">
    /// 0 for the first statement; else the journal position at which late samples changed it, and the message
    /// supersedes the one with the next smaller revision.
    /// </param>
    public OutboxMessage Form(KpiResult result, long revision)
    {
        var scope = ScopeText(result.Scope);
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"{agent}/{result.Kpi.Id}/v{result.Kpi.FormulaVersion}/{scope}/{Word(result.Period.Kind)}/"
            + $"{result.Period.From}/{result.Period.To}/{revision}");
        return Envelope.Form(
            id, $"{topicPrefix}/{agent}/kpi/{result.Kpi.Id}", agent, (result, revision), WriteBody);
    }

    /// <summary>"plant", "workshop:…", "line:…" or "device:…".</summary>
    public static string ScopeText(KpiScope scope) =>
        scope.Kind == ScopeKind.Plant ? "plant" : $"{Word(scope.Kind)}:{scope.Id}";

    /// <summary>How an enumeration is written outside: "day", "ok", "device".</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The names of the flags that are set.</summary>
    public static IReadOnlyList<string> Words(KpiFlags flags) =>
        [.. Enum.GetValues<KpiFlags>().Where(flag => flag != 0 && flags.HasFlag(flag)).Select(flag => flag.ToString())];

    private static void WriteBody(Utf8JsonWriter json, (KpiResult Result, long Revision) body)
    {
        var result = body.Result;
        json.WriteStartObject();
        json.WriteNumber("revision", body.Revision);
        WriteValue(json, result.Value);
        json.WriteString("status", Word(result.Status));
        json.WriteString("scope", ScopeText(result.Scope));
        json.WriteStartObject("period");
        json.WriteString("kind", Word(result.Period.Kind));
        json.WriteString("name", result.Period.Name);
        json.WriteString("from", result.Period.From.ToString());
        json.WriteString("to", result.Period.To.ToString());
        json.WriteEndObject();
        WriteTexts(json, "reasons", result.Reasons);
        WriteTexts(json, "flags", Words(result.Flags));
        json.WriteString("policy", result.Policy);
        WriteCoverage(json, result.Coverage);
        json.WriteStartObject("inputs");
        json.WriteNumber("measured", result.Inputs.Measured);
        json.WriteNumber("derived", result.Inputs.Derived);
        json.WriteNumber("declared", result.Inputs.Declared);
        json.WriteEndObject();
        json.WriteStartArray("parts");
        foreach (var part in result.Parts)
        {
            json.WriteStartObject();
            WriteValue(json, part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, KpiValue value)
    {
        json.WriteString("kpi", value.Kpi.Id);
        json.WriteString("formula", value.Kpi.FormulaId);
        json.WriteNumber("version", value.Kpi.FormulaVersion);
        json.WriteString("nameZh", value.Kpi.NameZh);
        json.WriteString("nameEn", value.Kpi.NameEn);
        json.WriteString("value", value.Rounded?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("unit", value.Kpi.Unit);
        json.WriteString("nullReason", value.NullReason);
        WriteQuantity(json, "numerator", value.Numerator);
        WriteQuantity(json, "denominator", value.Denominator);
    }

    private static void WriteQuantity(Utf8JsonWriter json, string name, Quantity? quantity)
    {
        if (quantity is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("amount", known.Amount.ToString());
        json.WriteString("unit", known.Unit);
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, Coverage coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteString("share", coverage.Share?.ToDecimal().ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("expectedUs", coverage.Expected);
        json.WriteNumber("goodUs", coverage.Good);
        json.WriteNumber("uncertainUs", coverage.Uncertain);
        json.WriteNumber("badUs", coverage.Bad);
        json.WriteNumber("missingUs", coverage.Missing);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Commands.Demo;

/// <summary>The last line of `edgeagent demo --json`. Numbers with a fraction are decimal strings.</summary>
/// <param name="Ok">Every KPI agrees with the truth and nothing was lost: the exit code is 0.</param>
/// <param name="From">Start of the window compared, plant time in UTC.</param>
/// <param name="To">Its end.</param>
/// <param name="Captured">Samples decoded by the sources.</param>
/// <param name="Durable">Samples whose fsync returned.</param>
/// <param name="Published">Messages the broker acknowledged.</param>
/// <param name="Received">Different messages the platform got.</param>
/// <param name="Lost">
/// Captured but not durable, put in the outbox but not published, or published but not received.
/// </param>
/// <param name="Problems">What is not as it should be, in words; empty when <paramref name="Ok"/>.</param>
internal sealed record DemoReport(
    bool Ok,
    string From,
    string To,
    IReadOnlyList<DemoKpi> Kpis,
    long Captured,
    long Durable,
    long Published,
    long Received,
    long Lost,
    long Gaps,
    IReadOnlyList<string> Problems);

/// <param name="Value">What the agent computed, or null.</param>
/// <param name="Truth">What the simulator's script knows, or null.</param>
/// <param name="Deviation">|value - truth| / |truth|, or null where one of them is missing.</param>
/// <param name="Coverage">Share of the time due that is known, 0 to 1.</param>
internal sealed record DemoKpi(
    string Id, string NameZh, string? Value, string? Truth, string Unit, string? Deviation, string? Coverage, bool Ok);

[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoJson : JsonSerializerContext
{
    // Chinese names stay readable: the line is for terminals and programs, never for a web page.
    private static readonly DemoJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Line(DemoReport report) => JsonSerializer.Serialize(report, Readable.DemoReport);
}

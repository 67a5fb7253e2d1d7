using System.Text.Json.Serialization;

namespace EdgeAgent.Web;

/// <summary>The answer of /api/status: how the agent is, in one piece.</summary>
/// <param name="Health">"ok", "degraded" (works, somebody should look) or "stuck" (does not work any more).</param>
/// <param name="Reasons">One sentence each; empty when all is well.</param>
/// <param name="Captured">Samples decoded since the start.</param>
/// <param name="Durable">Samples whose fsync has returned since the start.</param>
internal sealed record StatusReport(
    string Id,
    string Name,
    string Version,
    string StartedAt,
    string Now,
    string Health,
    IReadOnlyList<string> Reasons,
    long Captured,
    long Durable,
    JournalReport Journal,
    OutboxReport Outbox,
    IReadOnlyList<SourceReport> Sources,
    IReadOnlyList<ReaderReport> Readers,
    IReadOnlyList<WayOutReport> Ways);

/// <param name="Bytes">On disk now.</param>
/// <param name="BytesPerSample">Written per durable sample since the start, two decimals; "-" before the first.</param>
internal sealed record JournalReport(
    string State, string Detail, long Bytes, long BudgetBytes, string BytesPerSample, long NextSequence);

internal sealed record OutboxReport(long Queued, long Published, long Parked);

/// <param name="State">A word or two while all is well, else what is wrong and what to do.</param>
/// <param name="Bad">Answers or values that were bad.</param>
/// <param name="Polls">Polls made, or publish responses received.</param>
/// <param name="Skipped">Polls not made, or values that the server or the agent had no room for.</param>
/// <param name="ClockOffsetMilliseconds">The server's clock minus ours; null without a server that has one.</param>
internal sealed record SourceReport(
    string Name, string State, long Captured, long Bad, long Polls, long Skipped, long? ClockOffsetMilliseconds);

/// <param name="Position">The next sequence number it will read.</param>
/// <param name="Behind">Durable records it has not read yet.</param>
internal sealed record ReaderReport(string Name, long Position, long Behind);

internal sealed record WayOutReport(string Name, string State, string Detail);

internal sealed record HealthReport(string Health, IReadOnlyList<string> Reasons);

[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(KpiReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class WebJson : JsonSerializerContext;

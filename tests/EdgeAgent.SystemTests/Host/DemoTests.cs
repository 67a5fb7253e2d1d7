using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeAgent.Core.Kpi;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

public sealed partial class DemoTests : IDisposable
{
    // The demo's own end, and more than a busy machine adds to it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_demo_agrees_with_the_truth_and_shows_itself_while_it_runs()
    {
        var data = _folder.File("demo");
        await using var demo = AgentProgram.Start("demo", "--for", "20s", "--speed", "20", "--json", "--data", data);
        await Eventually.TrueAsync(
            () => demo.HasExited || demo.StandardOutput.Any(line => AddressLine().IsMatch(line)), () => demo.Output);
        var address = demo.StandardOutput.Select(line => AddressLine().Match(line)).First(line => line.Success)
            .Groups[1].Value;
        using var http = new HttpClient { BaseAddress = new(address) };
        await ThePageAndItsParts(http);
        await TheMetrics(http);
        await TheStatus(http);
        await TheFirstMinuteOfKpis(http);

        var code = await demo.WaitForExitAsync(Limit);
        var report = JsonNode.Parse(demo.StandardOutput[^1])!.AsObject();
        Assert.True(code == 0, $"Exit code {code}\n{demo.Output}");
        TheReportIsWholeAndGood(report);

        // The second demo into the same folder begins anew. One real minute has not passed: it says so, and what to do.
        var second = await AgentProgram.RunAsync("demo", "--for", "2s", "--speed", "1", "--json", "--data", data);
        Assert.Equal(1, second.Code);
        second.SaysNoStackTrace();
        var refused = JsonNode.Parse(second.StandardOutput[^1])!;
        Assert.False(refused["ok"]!.GetValue<bool>());
        Assert.Empty(refused["kpis"]!.AsArray());
        Assert.Contains("Not one whole plant minute", refused["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("--for", refused["problems"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.InRange(refused["captured"]!.GetValue<long>(), 1, report["captured"]!.GetValue<long>() - 1);
    }

    [Fact]
    public async Task A_folder_that_is_not_from_a_demo_is_refused_and_not_touched()
    {
        var folder = Directory.CreateDirectory(_folder.File("mine")).FullName;
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "years of work");

        var ended = await AgentProgram.RunAsync("demo", "--for", "2s", "--data", folder);

        Assert.Equal(2, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(folder, ended.Output, StringComparison.Ordinal);
        Assert.Contains("name another one", ended.Output, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(folder, "thesis.txt")], Directory.GetFileSystemEntries(folder));
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(folder, "thesis.txt")));
    }

    [Fact]
    public async Task A_folder_in_which_a_demo_is_running_is_refused()
    {
        var folder = _folder.File("busy");
        await using var running = AgentProgram.Start("demo", "--for", "1h", "--data", folder);
        await Eventually.TrueAsync(
            () => running.StandardOutput.Any(line => AddressLine().IsMatch(line)), () => running.Output);

        var ended = await AgentProgram.RunAsync("demo", "--for", "2s", "--data", folder);

        Assert.Equal(2, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(folder, ended.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(folder, "data", "journal")));
        Assert.False(running.HasExited, running.Output);

        // Ended early, it compares what it has: nothing yet.
        Assert.Equal(1, await running.TerminateAsync());
        Assert.Contains("Not one whole plant minute", running.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", running.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--for", "60", "60s")]
    [InlineData("--for", "0s", "60s")]
    [InlineData("--for", "a while", "60s")]
    [InlineData("--for", "1000h", "2h")]
    [InlineData("--speed", "0", "1 to 60")]
    [InlineData("--speed", "61", "1 to 60")]
    [InlineData("--speed", "fast", "1 to 60")]
    public async Task A_wrong_option_is_answered_with_what_to_write(string option, string text, string remedy)
    {
        var ended = await AgentProgram.RunAsync("demo", option, text);

        Assert.Equal(2, ended.Code);
        ended.SaysNoStackTrace();
        Assert.Contains(text, ended.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, ended.Output, StringComparison.Ordinal);
    }

    private static void TheReportIsWholeAndGood(JsonObject report)
    {
        Assert.True(report["ok"]!.GetValue<bool>());
        Assert.Empty(report["problems"]!.AsArray());
        var captured = report["captured"]!.GetValue<long>();
        Assert.InRange(captured, 1_000, long.MaxValue);
        Assert.Equal(captured, report["durable"]!.GetValue<long>());
        Assert.InRange(report["published"]!.GetValue<long>(), 1, long.MaxValue);
        Assert.Equal(report["published"]!.GetValue<long>(), report["received"]!.GetValue<long>());
        Assert.Equal(0, report["lost"]!.GetValue<long>());

        // Nearly seven plant minutes, less on a busy machine: the plant waits for its reader.
        var length = Time(report, "to") - Time(report, "from");
        Assert.InRange(length, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(7));
        var kpis = report["kpis"]!.AsArray();
        Assert.Equal(
            [
                "equipment-networking-rate", "digital-equipment-networking-rate", "key-equipment-networking-rate",
                "oee-index", "availability", "effectiveness", "quality-ratio", "defect-rate", "energy-per-output-value",
            ],
            kpis.Select(kpi => kpi!["id"]!.GetValue<string>()));
        foreach (var kpi in kpis)
        {
            var value = Number(kpi!, "value");
            var truth = Number(kpi!, "truth");
            Assert.True(kpi!["ok"]!.GetValue<bool>(), kpi.ToJsonString());
            Assert.InRange(Number(kpi, "coverage"), 0m, 1m);
            Assert.True(Math.Abs(value - truth) <= Math.Abs(truth) / 1000, kpi.ToJsonString());
        }
    }

    private static async Task ThePageAndItsParts(HttpClient http)
    {
        var page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        foreach (Match part in PagePart().Matches(page))
        {
            using var answer = await http.GetAsync(new Uri(part.Groups[1].Value, UriKind.Relative));
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(2, PagePart().Count(page));
    }

    private static async Task TheMetrics(HttpClient http)
    {
        var before = Metrics.Parse(await http.GetStringAsync(new Uri("metrics", UriKind.Relative)));
        await Eventually.TrueAsync(async () =>
        {
            var now = Metrics.Parse(await http.GetStringAsync(new Uri("metrics", UriKind.Relative)));
            return now.Durable > before.Durable && now.Captured > before.Captured;
        });
        Assert.Equal("counter", before.Types["edgeagent_samples_captured_total"]);
        Assert.Equal("gauge", before.Types["edgeagent_outbox_queued"]);
        Assert.Contains("edgeagent_source_requests_total", before.Types.Keys);
    }

    private static async Task TheStatus(HttpClient http)
    {
        var status = JsonNode.Parse(await http.GetStringAsync(new Uri("api/status", UriKind.Relative)))!;
        Assert.Equal("demo-gateway", status["id"]!.GetValue<string>());
        Assert.Contains(status["health"]!.GetValue<string>(), (string[])["ok", "degraded"]);
        Assert.Equal("Healthy", status["journal"]!["state"]!.GetValue<string>());
        Assert.Equal(
            ["kilns", "machining", "meters", "presses"],
            status["sources"]!.AsArray().Select(source => (string)source!["name"]!).Order(StringComparer.Ordinal));
        using var health = await http.GetAsync(new Uri("healthz", UriKind.Relative));
        Assert.Equal(200, (int)health.StatusCode);
        Assert.NotNull(JsonNode.Parse(await health.Content.ReadAsStringAsync())!["reasons"]);
    }

    private static async Task TheFirstMinuteOfKpis(HttpClient http)
    {
        var status = JsonNode.Parse(await http.GetStringAsync(new Uri("api/status", UriKind.Relative)))!;
        var started = Time(status, "startedAt");
        var from = started.AddTicks(-(started.Ticks % TimeSpan.TicksPerMinute));
        var query = $"api/kpis?from={from:yyyy-MM-dd'T'HH:mmK}&to={from.AddMinutes(1):yyyy-MM-dd'T'HH:mmK}";
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(query, UriKind.Relative)))!;
        Assert.InRange(answer["position"]!.GetValue<long>(), 1, long.MaxValue);
        Assert.Equal(KpiCatalogue.All.Length, answer["kpis"]!.AsArray().Count);
        foreach (var kpi in answer["kpis"]!.AsArray())
        {
            Assert.Equal("plant", kpi!["scope"]!.GetValue<string>());
            Assert.Equal(from, Time(kpi, "from"));
            Assert.True(kpi["value"] is not null || kpi["reason"] is not null, kpi.ToJsonString());
        }
    }

    private static DateTimeOffset Time(JsonNode node, string name) =>
        DateTimeOffset.Parse(node[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static decimal Number(JsonNode node, string name) =>
        decimal.Parse(node[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^状态页 / status page: (http://127\.0\.0\.1:\d+)$")]
    private static partial Regex AddressLine();

    [GeneratedRegex("""(?:href|src)="([^"]+)""")]
    private static partial Regex PagePart();
}

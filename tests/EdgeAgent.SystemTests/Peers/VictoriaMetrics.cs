using System.Text.Json;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// VictoriaMetrics 1.79, single node. A weak oracle for line protocol: bad lines are dropped with 204, texts become 0,
/// tokens and buckets are ignored, and times have milliseconds. What it says about numbers and names counts.
/// </summary>
internal sealed class VictoriaMetrics : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    private VictoriaMetrics() => Url = new($"http://127.0.0.1:{FreePort.Next()}");

    public Uri Url { get; }

    public static async Task<VictoriaMetrics> StartAsync()
    {
        var program = ChildProcess.Require("victoria-metrics", "victoria-metrics");
        var server = new VictoriaMetrics();
        try
        {
            await server.StartAsync(program);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every stored series whose name begins so.</summary>
    public async Task<List<Series>> ExportAsync(string prefix)
    {
        await _http.GetStringAsync(new Uri(Url, "internal/force_flush"));
        var match = Uri.EscapeDataString($"{{__name__=~\"{prefix}.*\"}}");
        var text = await _http.GetStringAsync(new Uri(Url, $"api/v1/export?match[]={match}"));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new Series(
                root.GetProperty("metric").EnumerateObject()
                    .ToDictionary(label => label.Name, label => label.Value.GetString()!),
                [.. root.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64())],
                [.. root.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]);
        })];
    }

    /// <summary>Lines it has dropped.</summary>
    public async Task<string> ReadInvalidRowsAsync()
    {
        var metrics = await _http.GetStringAsync(new Uri(Url, "metrics"));
        return metrics.Split('\n').FirstOrDefault(
            line => line.StartsWith("vm_rows_invalid_total{type=\"influx\"}", StringComparison.Ordinal), "none");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(string program)
    {
        _process = ChildProcess.Start(program,
        [
            $"-httpListenAddr={Url.Authority}", $"-storageDataPath={_folder.Path}", "-retentionPeriod=100y",
            "-dedup.minScrapeInterval=1ms", "-search.latencyOffset=0s", "-memory.allowedBytes=128MB",
        ]);
        await _process.WaitReadyAsync(async () =>
        {
            try
            {
                return (await _http.GetStringAsync(new Uri(Url, "health"))).Contains("OK", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>One series: its labels, times in milliseconds, and values.</summary>
    internal sealed record Series(IReadOnlyDictionary<string, string> Labels, long[] Times, double[] Values);
}

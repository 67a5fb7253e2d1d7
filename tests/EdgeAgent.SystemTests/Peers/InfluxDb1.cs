using System.Net;
using System.Text.Json;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>InfluxDB 1.6: strict about line protocol, and everything can be read back with its type.</summary>
internal sealed class InfluxDb1 : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    private InfluxDb1() => Url = new($"http://127.0.0.1:{FreePort.Next()}");

    public Uri Url { get; }

    public static async Task<InfluxDb1> StartAsync(params string[] databases)
    {
        var program = ChildProcess.Require("influxd", "influxdb");
        var server = new InfluxDb1();
        try
        {
            await server.StartAsync(program);
            foreach (var database in databases)
            {
                await server.ExecuteAsync($"CREATE DATABASE {database}");
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(string query)
    {
        using var body = new FormUrlEncodedContent([new("q", query)]);
        using var response = await _http.PostAsync(new Uri(Url, "query"), body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The rows of a query over all its series, each as column name to value; times in nanoseconds.</summary>
    public async Task<List<Dictionary<string, JsonElement>>> QueryAsync(string database, string query)
    {
        var address = $"query?epoch=ns&db={Uri.EscapeDataString(database)}&q={Uri.EscapeDataString(query)}";
        using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Url, address)));
        var rows = new List<Dictionary<string, JsonElement>>();
        foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
        {
            if (!result.TryGetProperty("series", out var series))
            {
                continue;
            }

            foreach (var one in series.EnumerateArray())
            {
                string[] columns =
                    [.. one.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)];
                rows.AddRange(one.GetProperty("values").EnumerateArray().Select(row => columns
                    .Zip(row.EnumerateArray(), (column, value) => (column, value.Clone()))
                    .ToDictionary(pair => pair.column, pair => pair.Item2)));
            }
        }

        return rows;
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
        var configuration = $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort.Next()}"
            [meta]
              dir = "{_folder.File("meta")}"
            [data]
              dir = "{_folder.File("data")}"
              wal-dir = "{_folder.File("wal")}"
            [http]
              bind-address = "{Url.Authority}"
            [monitor]
              store-enabled = false
            """;
        await File.WriteAllTextAsync(_folder.File("influxdb.conf"), configuration);
        _process = ChildProcess.Start(program, ["run", "-config", _folder.File("influxdb.conf")]);
        await _process.WaitReadyAsync(async () =>
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri(Url, "ping"));
                return answer.StatusCode == HttpStatusCode.NoContent;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Configuration;
using EdgeAgent.Journal;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The simulated plant in this process, a configuration that reads it, and the agent as a child.</summary>
internal sealed class AgentRig : IAsyncDisposable
{
    private const int IntervalColumn = 9;

    private readonly TempFolder _folder = new();
    private readonly PlantServers _plant;
    private readonly HttpClient _http;

    public AgentRig(int? mqttPort = null)
    {
        var now = DateTimeOffset.UtcNow;
        var start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        _plant = PlantServers.Listen(new PlantScript(1), TimeProvider.System, start);
        var webPort = FreePort.Next();
        new PlantConfiguration
        {
            Script = _plant.Script,
            Endpoints = _plant.Endpoints,
            Start = start,
            AgentId = "gateway-1",
            MqttPort = mqttPort,
            WebPort = webPort,
        }.WriteTo(Config);
        _http = new() { BaseAddress = new($"http://127.0.0.1:{webPort}"), Timeout = TimeSpan.FromSeconds(10) };
    }

    public string Config => _folder.File("config");

    public string Data { get; private set; } = "";

    public Uri Address => _http.BaseAddress!;

    /// <summary>The running child, or the last one.</summary>
    public ChildProcess? Agent { get; private set; }

    public string File(string name) => _folder.File(name);

    /// <summary>Changes agent.json.</summary>
    public void Edit(Action<JsonObject> change)
    {
        var path = Path.Combine(Config, "agent.json");
        var json = JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsObject();
        change(json);
        System.IO.File.WriteAllText(path, json.ToJsonString());
    }

    /// <summary>Reads every tag that often.</summary>
    /// <param name="only">Only tags of devices whose id begins so.</param>
    public void ReadEvery(TimeSpan interval, string only = "")
    {
        var path = Path.Combine(Config, "tags.csv");
        var lines = System.IO.File.ReadAllLines(path);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = lines[i].Split(',');
            if (fields[1].StartsWith(only, StringComparison.Ordinal))
            {
                fields[IntervalColumn] = $"{(long)interval.TotalMilliseconds}ms";
                lines[i] = string.Join(',', fields);
            }
        }

        System.IO.File.WriteAllLines(path, lines);
    }

    /// <summary>The configuration as the agent reads it.</summary>
    public PlantConfig Load()
    {
        var result = ConfigFolder.Load(Config);
        Assert.True(result.Config is not null, string.Join('\n', result.Errors));
        return result.Config!;
    }

    /// <summary>Starts the agent and waits until its page answers.</summary>
    public async Task StartAsync()
    {
        Launch();
        await Agent!.WaitReadyAsync(async () => await TryGetAsync("healthz") is not null);
    }

    /// <summary>Starts the agent and waits for nothing.</summary>
    public void Launch()
    {
        var config = Load();
        Data = config.Resolve(config.Agent.DataFolder);
        Agent = AgentProgram.Start("run", "--config", Config);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await Agent!.DisposeAsync();
        Agent = null;
    }

    /// <summary>SIGTERM; fails unless it stops cleanly.</summary>
    public async Task StopAsync()
    {
        var code = await Agent!.TerminateAsync();
        Assert.True(code == 0, $"Exit code {code}.\n{Agent.Output}");
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>The answer, whatever its status, or null while the agent does not answer.</summary>
    public async Task<JsonNode?> TryGetAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    public async Task<Metrics> ReadMetricsAsync() =>
        Metrics.Parse(await _http.GetStringAsync(new Uri("metrics", UriKind.Relative)));

    /// <summary>Waits until /healthz gives this word and, in one of its reasons, this text.</summary>
    public Task HealthAsync(string word, string reason = "") => Eventually.TrueAsync(
        async () =>
        {
            var health = await TryGetAsync("healthz");
            _lastHealth = health?.ToJsonString() ?? "no answer";
            return health?["health"]!.GetValue<string>() == word
                && (reason.Length == 0 || health["reasons"]!.AsArray().Any(
                    text => text!.GetValue<string>().Contains(reason, StringComparison.OrdinalIgnoreCase)));
        },
        () => $"Waiting for '{word}' because of '{reason}': {_lastHealth}\n{Agent!.Output}");

    /// <summary>Waits until so many samples more than now are durable.</summary>
    public async Task DurableAsync(long more)
    {
        var target = (await ReadMetricsAsync()).Durable + more;
        await Eventually.TrueAsync(async () => (await ReadMetricsAsync()).Durable >= target, () => Agent!.Output);
    }

    /// <summary>The journal as it lies on the disk.</summary>
    public JournalReader OpenJournal() => JournalReader.Open(Path.Combine(Data, "journal"));

    /// <summary>The messages of the agent's log so far: event id and text.</summary>
    public IReadOnlyList<(int Event, string Message)> Log()
    {
        var messages = new List<(int, string)>();
        foreach (var line in Agent!.StandardOutput.Where(line => line.StartsWith('{')))
        {
            var entry = JsonNode.Parse(line)!;
            messages.Add((entry["EventId"]!.GetValue<int>(), entry["Message"]!.GetValue<string>()));
        }

        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null)
        {
            await Agent.DisposeAsync();
        }

        _http.Dispose();
        await _plant.DisposeAsync();
        _folder.Dispose();
    }

    private string _lastHealth = "";
}

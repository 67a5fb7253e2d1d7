using System.Globalization;
using System.Net;
using EdgeAgent.Commands.Certs;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.Simulator;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using EdgeAgent.Topology;
using EdgeAgent.Web;

namespace EdgeAgent.Commands.Demo;

/// <summary>One demo from the first server to the comparison.</summary>
internal sealed class DemoRun(
    DemoSettings settings, PlantServers plant, DemoPlatform platform, Agent agent, TimeProvider clock)
{
    // Same seed, same plant: a demo can be repeated and talked about.
    private const ulong Seed = 1;

    // Every message of the demo is published by then, or something is wrong.
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    // A change is seen half a second late, and the script keeps 2.5 s clear of whole minutes.
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(3);

    // What a server has sent is with the agent by then, on a machine that is busy with other things.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(1);

    private static readonly HashSet<PeriodKind> Published =
        [PeriodKind.Minute, PeriodKind.Hour, PeriodKind.Shift, PeriodKind.Day, PeriodKind.Month];

    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private readonly List<string> _problems = [];
    private TimeSpan? _ready;

    /// <exception cref="IOException">The folder cannot be used; the message says what to do.</exception>
    public static async Task<DemoReport> RunAsync(
        DemoSettings settings, TextWriter output, ProgressLine progress, CancellationToken cancellationToken)
    {
        using var folder = DemoFolder.Prepare(settings.Folder);
        var now = TimeProvider.System.GetUtcNow();
        var start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var clock = new ScaledTimeProvider(TimeProvider.System, start, settings.Speed);
        using var logFile = new LogFile(folder.LogFile, clock);
        using var logs = LoggerFactory.Create(logging => logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddProvider(logFile));

        var script = new PlantScript(Seed);
        await using var plant = PlantServers.Listen(script, clock, start, MachineProtocol.OpcUa);
        await using var platform = await DemoPlatform.StartAsync(cancellationToken);
        plant.WaitForReader(clock);
        await using var agent = AgentBuilder.Build(
            Configure(settings, folder, plant, platform), clock, Published, logs);
        await using var app = AgentWeb.Build(agent, IPAddress.Loopback, port: 0, logs);
        await app.StartAsync(cancellationToken);
        await agent.StartAsync(cancellationToken);
        await output.WriteLineAsync($"状态页 / status page: {AgentWeb.AddressOf(app)}");
        await output.FlushAsync(cancellationToken);

        var run = new DemoRun(settings, plant, platform, agent, clock);
        await run.ReadPlantAsync(progress, cancellationToken);
        var report = await run.CompareAsync(progress);
        await agent.StopAsync();
        await app.StopAsync(CancellationToken.None);
        return report;
    }

    private static PlantConfig Configure(
        DemoSettings settings, DemoFolder folder, PlantServers plant, DemoPlatform platform)
    {
        new PlantConfiguration
        {
            Script = plant.Script,
            Endpoints = plant.Endpoints,
            OpcUaLines = plant.OpcUaLines.Keys.ToHashSet(StringComparer.Ordinal),
            Start = plant.Start,
            Speed = settings.Speed,
            EntriesToMinute = (long)Math.Ceiling((settings.Duration * settings.Speed).TotalMinutes) + 1,
            DataFolder = "../data",
            MqttPort = platform.Port,
        }.WriteTo(folder.Configuration);
        var result = ConfigFolder.Load(folder.Configuration);
        var config = result.Config ?? throw new InvalidOperationException(
            "The plant's own configuration is not valid: " + string.Join(' ', result.Errors));
        TrustPlant(config, plant);
        return config;
    }

    /// <summary>What an administrator does once by `edgeagent certs trust`: nothing is trusted by itself.</summary>
    private static void TrustPlant(PlantConfig config, PlantServers plant)
    {
        var store = CertificateStore.Open(PkiFolder.Of(config));
        foreach (var der in plant.OpcUaLines.Values)
        {
            store.Trust(Certificate.TryRead(der, out _)!);
        }
    }

    /// <summary>Lets the agent read until the time is over or somebody ends it.</summary>
    private async Task ReadPlantAsync(ProgressLine progress, CancellationToken cancellationToken)
    {
        try
        {
            while (Elapsed < settings.Duration && !agent.Failed.IsCompleted)
            {
                if (_ready is null && IsEveryTagRead())
                {
                    _ready = TimeSpan.FromMicroseconds(plant.Now);
                }

                progress.Show(Elapsed / settings.Duration, Line());
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ended early: what was read is compared.
        }

        if (agent.Failed.Exception is { } failure)
        {
            _problems.Add($"A part of the agent failed: {failure.InnerException?.Message}");
        }
    }

    private async Task<DemoReport> CompareAsync(ProgressLine progress)
    {
        var end = TimeSpan.FromMicroseconds(plant.Now) - Unseen;
        await Task.Delay(OnItsWay, TimeProvider.System);
        await agent.StopSourcesAsync();
        plant.StopWaiting();
        await CatchUpAsync(progress);

        var window = DemoWindow.Within(_ready ?? end, end);
        if (window.IsEmpty)
        {
            _problems.Add(
                $"没有一个完整的工厂分钟可比，请用更长的 --for 或更大的 --speed。/ Not one whole plant minute to compare: use a longer "
                + $"--for or a greater --speed. ({TimeSpan.FromMicroseconds(plant.Now)} of plant time)");
        }

        var kpis = window.IsEmpty
            ? []
            : DemoComparison.Compare(
                agent.Kpis, window.Period(plant.Start), plant.Script.TruthOf(window.FromMinute, window.ToMinute));
        _problems.AddRange(kpis.Where(kpi => !kpi.Ok).Select(kpi => $"{kpi.Id}: {kpi.Value} instead of {kpi.Truth}"));

        var journal = agent.Journal.Status();
        var outbox = agent.Outbox.ReadCounters();
        var captured = agent.Sources.Sum(source => source.Queue.CapturedSamples);
        var published = agent.Publisher!.Published;
        var lost = captured - journal.DurableSamples + outbox.Queued + outbox.Parked
            + Math.Max(0, published - platform.ReceivedCount);
        if (lost != 0)
        {
            _problems.Add($"Lost: {lost}.");
        }

        return new(
            _problems.Count == 0,
            Text(window.FromMinute),
            Text(window.ToMinute),
            kpis,
            captured,
            journal.DurableSamples,
            published,
            platform.ReceivedCount,
            lost,
            journal.DurableGaps,
            _problems);
    }

    /// <summary>Waits until everything durable is computed and everything computed is with the platform.</summary>
    private async Task CatchUpAsync(ProgressLine progress)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (agent.Kpis.Backlog > 0
            || agent.Outbox.ReadCounters().Queued > 0
            || platform.ReceivedCount < agent.Publisher!.Published)
        {
            if (TimeProvider.System.GetElapsedTime(since) > CatchUpPatience)
            {
                _problems.Add($"Not everything was published within {CatchUpPatience.TotalSeconds:F0} s.");
                return;
            }

            progress.Show(1, Line());
            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_startedAt);

    private bool IsEveryTagRead()
    {
        for (var tag = 0; tag < agent.Tags.Count; tag++)
        {
            if (!agent.Latest.TryGet(tag, out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    private string Line()
    {
        var time = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var captured = agent.Sources.Sum(source => source.Queue.CapturedSamples);
        var durable = agent.Journal.Status().DurableSamples;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"工厂 plant {time:HH:mm:ss} ×{settings.Speed} · 已采集 captured {captured:N0} · 已落盘 durable {durable:N0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line} · 已发布 published {agent.Publisher!.Published:N0}{(_ready is null ? " · 预热 warming up" : "")}");
    }

    private string Text(long minute) => UtcTime.From(plant.Start.AddMinutes(minute)).ToString();
}

using System.Collections.Frozen;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.Sources.OpcUa;
using EdgeAgent.SystemTests.Peers;
using EdgeAgent.Topology;
using Microsoft.Extensions.Logging.Abstractions;
using StatusCode = EdgeAgent.OpcUa.StatusCode;

namespace EdgeAgent.SystemTests.Host;

/// <summary>A small server, a configuration that reads it, and the agent in this process.</summary>
internal sealed class OpcUaRig : IAsyncDisposable
{
    public const string Uri = "urn:test:plant";

    private readonly TempFolder _folder = new();
    private readonly List<string> _tags = [];
    private readonly List<string> _devices = [];
    private readonly ushort _namespace;
    private uint _nextId = 1000;

    public OpcUaRig(ServerSettings? settings = null)
    {
        Space = new();
        Space.AddNamespace("urn:test:other");
        _namespace = Space.AddNamespace(Uri);
        Server = new(settings ?? new(), Space, TimeProvider.System);
        Server.Start();
        Directory.CreateDirectory(_folder.File("config"));
    }

    public AddressSpace Space { get; }

    public OpcUaServer Server { get; }

    public string Data => _folder.File("data");

    public Agent? Agent { get; private set; }

    public NodeId Id(uint number) => new(_namespace, number);

    public NodeId NextId() => new(_namespace, _nextId++);

    public int Variable(string name, BuiltInType type, Variant value, NodeId? dataType = null)
    {
        var node = Space.AddVariable(AddressSpace.Objects, new VariableDefinition(new(_namespace, name), name)
        {
            Type = type,
            Value = value,
            DataType = dataType,
            HistoryLength = 1000,
        });
        Set(node, value);
        return node;
    }

    public void Set(int node, Variant value, StatusCode status = default) =>
        Space.Set(node, value, status, UaDateTime.From(DateTimeOffset.UtcNow));

    public void Device(string id, string endpoint) => _devices.Add($"{id},{id},,,digital,no,no,,,{endpoint},");

    /// <summary>A row of tags.csv for a node of the test's namespace.</summary>
    public void Tag(string tag, string node, string type, string field = "", string device = "cell1")
    {
        var decimals = type.StartsWith("float", StringComparison.Ordinal) ? "3" : "";
        _tags.Add($"{tag},{device},nsu={Uri};s={node},{type},,,,{decimals},100ms,{field},");
    }

    public string Write(string file, string text)
    {
        var path = Path.Combine(_folder.File("config"), file);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <param name="endpoints">The list in agent.json, without its brackets; URL stands for the server's.</param>
    public async Task StartAsync(string endpoints)
    {
        var url = Server.EndpointUrl.OriginalString;
        Write("agent.json", $$"""
            {
              "agent": { "id": "gateway-1" }, "data": "../data",
              "endpoints": [ {{endpoints.Replace("URL", url, StringComparison.Ordinal)}} ]
            }
            """);
        Write("devices.csv",
            "device,name,workshop,line,class,production,key,commissioned,retired,endpoint,unit\n"
            + string.Join('\n', _devices));
        Write("tags.csv",
            "tag,device,address,type,scale,offset,unit,decimals,interval,field,deadband\n" + string.Join('\n', _tags));
        Write("calendar.json", """
            { "timeZone": "Asia/Shanghai", "shifts": [ { "name": "a", "start": "00:00", "end": "24:00" } ] }
            """);
        var result = ConfigFolder.Load(_folder.File("config"));
        Assert.True(result.IsValid, string.Join('\n', result.Errors.Select(error => error.ToString())));
        Agent = AgentBuilder.Build(
            result.Config, TimeProvider.System, FrozenSet<PeriodKind>.Empty, NullLoggerFactory.Instance);
        await Agent.StartAsync(TestContext.Current.CancellationToken);
    }

    public OpcUaSource Source(string name) =>
        Agent!.Sources.Select(pump => pump.Source).OfType<OpcUaSource>().Single(source => source.Name == name);

    /// <summary>The newest durable sample of a tag, or null.</summary>
    public (Sample Sample, string? Text)? Latest(string tag) =>
        Agent!.Latest.TryGet(Agent.Tags.IndexOf(tag), out var sample, out var text) ? (sample, text) : null;

    public Task UntilAsync(string tag, Func<Sample, string?, bool> condition) => Eventually.TrueAsync(
        () => Latest(tag) is var (sample, text) && condition(sample, text),
        () => $"{tag}: {Latest(tag)}; {string.Join("; ", Agent!.Sources.Select(pump => pump.Source.Trouble))}");

    public Task UntilTroubleAsync(string source, string text) => Eventually.TrueAsync(
        () => Source(source).Trouble?.Contains(text, StringComparison.Ordinal) == true,
        () => $"{source}: {Source(source).Trouble ?? "no trouble"}");

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null)
        {
            await Agent.DisposeAsync();
        }

        await Server.DisposeAsync();
        _folder.Dispose();
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.SystemTests.Host;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// An OPC UA server of another author: node-opcua in a process of its own, with the address space of
/// tests/peers/opcua/server.mjs or models.mjs. Users are operator (password op-pass), viewer (view-pass) and anybody
/// with a certificate; None and the three policies, each signed and encrypted.
/// </summary>
internal sealed class NodeOpcUa : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "peers", "opcua");

    /// <summary>It starts in two seconds; on a machine with much else to do it has taken thirty.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _commands = new(1, 1);
    private ChildProcess? _process;
    private int _commandNumber;

    private NodeOpcUa(string script, int port) => (Script, Port) = (script, port);

    public int Port { get; }

    public Uri Url => new($"opc.tcp://127.0.0.1:{Port}");

    /// <summary>The URL that the server itself gives out.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>The server's certificate, DER.</summary>
    public byte[] Certificate { get; private set; } = [];

    /// <summary>SHA-1 of the certificate, in hexadecimal.</summary>
    public string Thumbprint { get; private set; } = "";

    public string ApplicationUri { get; private set; } = "";

    /// <summary>The NamespaceArray as it was at the start.</summary>
    public IReadOnlyList<string> Namespaces { get; private set; } = [];

    public string RejectedFolder { get; private set; } = "";

    private string Script { get; }

    /// <summary>server.mjs: every kind of value.</summary>
    public static Task<NodeOpcUa> StartServerAsync(JsonObject? options = null) => StartAsync("server.mjs", options);

    /// <summary>models.mjs: Machinery, MachineTool and PackML.</summary>
    public static Task<NodeOpcUa> StartModelsAsync(JsonObject? options = null) => StartAsync("models.mjs", options);

    /// <summary>The server again on the same port with the same certificate, as after a power cut.</summary>
    public async Task RestartAsync(JsonObject? options = null)
    {
        await _process!.DisposeAsync();
        await LaunchAsync(options);
    }

    /// <summary>Cuts every connection without a word; sessions and subscriptions live on.</summary>
    public Task DropConnectionsAsync() => SendAsync("drop");

    /// <summary>Forgets every session and subscription; the connections stay.</summary>
    public Task ForgetSessionsAsync() => SendAsync("forget");

    public async Task TrustAsync(X509Certificate2 client)
    {
        var file = _folder.File("trusted.der");
        await File.WriteAllBytesAsync(file, client.RawData);
        await SendAsync("trust " + file);
    }

    /// <summary>One command of the script, done when this returns.</summary>
    public async Task SendAsync(string command)
    {
        await _commands.WaitAsync();
        try
        {
            var number = ++_commandNumber;
            await _process!.WriteLineAsync($"{number} {command}");
            string? answer = null;
            await Eventually.TrueAsync(
                () => _process.HasExited || (answer = FindLine($"OK {number}", $"ERROR {number} ")) is not null,
                () => $"no answer to {command}:\n{_process.Output}",
                Patience);
            Assert.True(answer?.StartsWith("OK", StringComparison.Ordinal), $"{command}: {answer}\n{_process.Output}");
        }
        finally
        {
            _commands.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _commands.Dispose();
        _folder.Dispose();
    }

    private static async Task<NodeOpcUa> StartAsync(string script, JsonObject? options)
    {
        ChildProcess.Require("node", "nodejs (20 or later)");
        Assert.SkipUnless(
            File.Exists(Path.Combine(Folder, "node_modules", "node-opcua", "package.json")),
            "node-opcua is not installed: run tests/install-peers.");
        var server = new NodeOpcUa(script, FreePort.Next());
        try
        {
            await server.LaunchAsync(options);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task LaunchAsync(JsonObject? options)
    {
        var given = options is null ? [] : (JsonObject)options.DeepClone();
        given["port"] = Port;
        given["folder"] = _folder.Path;
        _process = ChildProcess.Start(
            ChildProcess.Find("node")!, [Path.Combine(Folder, Script), given.ToJsonString()], _folder.Path);
        string? ready = null;
        await _process.WaitReadyAsync(() => Task.FromResult((ready = FindLine("READY ")) is not null), Patience);
        using var facts = JsonDocument.Parse(ready!["READY ".Length..]);
        string Fact(string name) => facts.RootElement.GetProperty(name).GetString()!;
        Endpoint = new(Fact("endpoint"));
        ApplicationUri = Fact("applicationUri");
        Certificate = Convert.FromBase64String(Fact("certificate"));
        Thumbprint = Fact("thumbprint");
        RejectedFolder = Fact("rejectedFolder");
        Namespaces = [.. facts.RootElement.GetProperty("namespaces").EnumerateArray().Select(uri => uri.GetString()!)];
    }

    private string? FindLine(params string[] starts) => _process!.StandardOutput.FirstOrDefault(
        line => starts.Any(
            start => line == start || (start.EndsWith(' ') && line.StartsWith(start, StringComparison.Ordinal))));
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Host;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The small server as another author's client sees it: node-opcua, tests/peers/opcua/client.mjs.</summary>
public sealed class ServerPeerTests : IAsyncDisposable
{
    private const int FolderSize = 2_500;
    private const int HistorySize = 600;

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "peers", "opcua");

    private readonly TempFolder _folder = new();
    private readonly AddressSpace _space = new();
    private readonly ushort _plant;
    private readonly OpcUaServer _server;

    public ServerPeerTests()
    {
        _plant = _space.AddNamespace("urn:test:plant");
        Fill();
        _server = new(
            new()
            {
                Users = new Dictionary<string, string> { ["operator"] = "op-pass" },
                AcceptsUserCertificate = certificate => certificate.Subject == "CN=user",
            },
            _space, TimeProvider.System);
        _server.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_policy_mode_and_identity_works_and_a_wrong_password_does_not()
    {
        var (certificate, key) = WriteUser();
        var tried = await RunAsync("security", options =>
        {
            options["user"] = new JsonObject { ["name"] = "operator", ["password"] = "op-pass" };
            options["certificate"] = certificate;
            options["key"] = key;
        });

        Assert.Equal(7 * 4, tried.Count);
        foreach (var one in tried)
        {
            if ((string?)one["identity"] == "wrong")
            {
                Assert.Contains("BadUserAccessDenied", (string?)one["error"]);
            }
            else
            {
                Assert.True((string?)one["status"] == "Good", one.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Values_of_all_kinds_and_their_attributes_arrive()
    {
        var read = (await RunAsync("read", options =>
        {
            options["nodes"] = new JsonArray(
                "ns=1;s=Name", "ns=1;s=State", "ns=1;s=Array", "ns=1;s=Bad", "ns=1;s=Secret", "ns=1;s=Big");
            options["structures"] = new JsonArray("ns=1;s=Axis");
        })).ToDictionary(one => (string)one["nodeId"]!);

        Assert.Equal("压机一号", (string?)read["ns=1;s=Name"]["value"]);
        Assert.Equal(("Int32", 1), ((string?)read["ns=1;s=State"]["type"], (int)read["ns=1;s=State"]["value"]!));
        Assert.Equal("ns=1;i=3000", (string?)read["ns=1;s=State"]["attributes"]![0]);
        Assert.Equal(2.5, (double)read["ns=1;s=Array"]["value"]!["1"]!);
        Assert.Equal("BadDeviceFailure", (string?)read["ns=1;s=Bad"]["status"]);
        Assert.Equal("BadNotReadable", (string?)read["ns=1;s=Secret"]["status"]);
        Assert.Equal("UInt64", (string?)read["ns=1;s=Big"]["type"]);
        Assert.Equal("BadNodeIdUnknown", (string?)read["missing"]["status"]);
        Assert.Equal(12.5, (double)read["ns=1;s=Axis"]["value"]!["position"]!);
    }

    [Fact]
    public async Task The_whole_space_is_browsed_in_pages()
    {
        var browsed = Assert.Single(await RunAsync("browse", options =>
        {
            options["folderNode"] = "ns=1;s=Load";
            options["path"] = "/Objects/1:Load/1:V7";
        }));

        Assert.Equal(FolderSize, (int)browsed["folder"]!["count"]!);
        Assert.Equal(2, (int)browsed["folder"]!["continued"]!);
        Assert.Equal("ns=1;s=V7", (string?)browsed["target"]);
    }

    [Fact]
    public async Task History_is_read_in_pages()
    {
        var history = Assert.Single(await RunAsync("history", options => options["historical"] = "ns=1;s=History"));

        Assert.Equal(
            (HistorySize, HistorySize / 100, 0, HistorySize - 1),
            ((int)history["count"]!, (int)history["pages"]!, (int)history["first"]!, (int)history["last"]!));
    }

    [Fact]
    public async Task Two_thousand_counters_arrive_without_loss()
    {
        const int Items = 2_000;
        var nodes = Enumerable.Range(0, Items).Select(i => _space.Find(new(_plant, $"V{i}"))).ToArray();
        _server.Every(TimeSpan.FromMilliseconds(500), now => _space.CountUp(nodes, now));

        var subscribed = Assert.Single(await RunAsync("subscribe", options =>
        {
            options["counters"] = new JsonArray([.. Enumerable.Range(0, Items).Select(i => (JsonNode)$"ns=1;s=V{i}")]);
            options["sampling"] = 500;
            options["maxNotifications"] = 700;
            options["seconds"] = 5;
        }));

        Assert.Equal((Items, 0), ((int)subscribed["seen"]!, (int)subscribed["lost"]!));
        Assert.True((int)subscribed["received"]! > 3 * Items, subscribed.ToJsonString());
    }

    [Fact]
    public async Task Resending_and_listing_items_are_the_only_methods()
    {
        var called = Assert.Single(await RunAsync("methods", options =>
            options["nodes"] = new JsonArray("ns=1;s=Name", "ns=1;s=State")));

        Assert.Equal(
            (2, 2, "Good", 4, "BadMethodInvalid"),
            ((int)called["first"]!, (int)called["items"]!, (string?)called["resend"], (int)called["received"]!,
                (string?)called["other"]));
    }

    private async Task<IReadOnlyList<JsonNode>> RunAsync(string task, Action<JsonObject> configure)
    {
        ChildProcess.Require("node", "nodejs (20 or later)");
        Assert.SkipUnless(
            File.Exists(Path.Combine(Folder, "node_modules", "node-opcua", "package.json")),
            "node-opcua is not installed: run tests/install-peers.");
        var options = new JsonObject
        {
            ["url"] = _server.EndpointUrl.ToString(),
            ["folder"] = _folder.Path,
            ["tasks"] = new JsonArray(task),
        };
        configure(options);
        await using var client = ChildProcess.Start(
            ChildProcess.Find("node")!, [Path.Combine(Folder, "client.mjs"), options.ToJsonString()], _folder.Path);
        var exitCode = await client.WaitForExitAsync(TimeSpan.FromMinutes(3));
        Assert.True(exitCode == 0, client.Output);
        var answers = client.StandardOutput
            .Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.True(answers.Count > 0, client.Output);
        Assert.True(task == "security" || answers.All(one => one["error"] is null), client.Output);
        return answers;
    }

    private (string Certificate, string Key) WriteUser()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=user", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (_folder.File("user.pem"), _folder.File("user.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    private void Fill()
    {
        var now = UaDateTime.From(TimeProvider.System.GetUtcNow());
        var folder = _space.AddFolder(AddressSpace.Objects, Id("Load"), "Load");
        for (var i = 0; i < FolderSize; i++)
        {
            _space.AddVariable(folder, Id($"V{i}"), $"V{i}", BuiltInType.UInt32);
        }

        Add("Name", BuiltInType.String, Variant.From("压机一号"));
        Add("Big", BuiltInType.UInt64, Variant.From(ulong.MaxValue));
        _space.AddVariable(AddressSpace.Objects, new VariableDefinition(Id("Array"), "Array")
        {
            ValueRank = 1,
            ArrayDimensions = [3],
            Value = Variant.From(new UaArray(BuiltInType.Double, new[] { 1.5, 2.5, 3.5 })),
        });
        _space.AddVariable(
            AddressSpace.Objects, new VariableDefinition(Id("Secret"), "Secret") { IsReadable = false });
        var bad = Add("Bad", BuiltInType.Double, default);
        _space.Set(bad, Variant.Null, StatusCodes.BadDeviceFailure, now);
        var history = _space.AddVariable(
            AddressSpace.Objects, new VariableDefinition(Id("History"), "History") { HistoryLength = HistorySize });
        for (var i = 0; i < HistorySize; i++)
        {
            var time = new UaDateTime(now.Ticks - ((HistorySize - i) * TimeSpan.TicksPerSecond));
            _space.Set(history, Variant.From((double)i), StatusCodes.Good, time);
        }

        AddTypes();
    }

    private void AddTypes()
    {
        var state = _space.AddEnumeration(
            new(_plant, 3000u), "StateType",
            new EnumField { Value = 0, Name = "Off", DisplayName = new("en", "Off") },
            new EnumField { Value = 1, Name = "On", DisplayName = new("en", "On") });
        _space.AddVariable(AddressSpace.Objects, new VariableDefinition(Id("State"), "State")
        {
            Type = BuiltInType.Int32,
            DataType = state,
            Value = Variant.From(1),
        });
        var axis = _space.AddStructure(new(_plant, 3010u), new(_plant, 3011u), "AxisType", new()
        {
            Fields =
            [
                new() { Name = "Position", DataType = new(11), ValueRank = -1 },
                new() { Name = "Name", DataType = new(12), ValueRank = -1 },
            ],
        });
        var body = new UaWriter();
        body.WriteDouble(12.5);
        body.WriteString("X");
        _space.AddVariable(AddressSpace.Objects, new VariableDefinition(Id("Axis"), "Axis")
        {
            Type = BuiltInType.ExtensionObject,
            DataType = axis,
            Value = Variant.From(new ExtensionObject(
                new(_plant, 3011u), body.WrittenSpan.ToArray(), ExtensionObjectBody.Binary)),
        });
    }

    private NodeId Id(string text) => new(_plant, text);

    private int Add(string name, BuiltInType type, Variant value) =>
        _space.AddVariable(AddressSpace.Objects, new VariableDefinition(Id(name), name) { Type = type, Value = value });
}

using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The agent reads a small OPC UA server: from the point table to durable samples.</summary>
public sealed class OpcUaSourceTests
{
    private const string Plain =
        """{ "name": "cell", "protocol": "opc-ua", "url": "URL", "securityMode": "None", "confirmInterval": "1s" }""";

    [Fact]
    public async Task Values_of_every_kind_become_durable_with_status_and_times()
    {
        await using var rig = new OpcUaRig();
        var state = rig.Space.AddEnumeration(
            rig.NextId(), "State",
            new EnumField { Value = 0, DisplayName = new("", "停") },
            new EnumField { Value = 1, DisplayName = new("", "运行") });
        rig.Variable("Speed", BuiltInType.Double, Variant.From(1234.5));
        rig.Variable("Parts", BuiltInType.UInt32, Variant.From(4_000_000_000u));
        rig.Variable("On", BuiltInType.Boolean, Variant.From(true));
        rig.Variable("Name", BuiltInType.String, Variant.From("一号线"));
        rig.Variable("State", BuiltInType.Int32, Variant.From(1), state);
        var started = DateTimeOffset.UtcNow;
        var broken = rig.Variable("Broken", BuiltInType.Int16, Variant.From((short)7));
        rig.Set(broken, Variant.From((short)7), new(0x808C_0000));
        rig.Device("cell1", "cell");
        rig.Tag("speed", "Speed", "float64");
        rig.Tag("parts", "Parts", "uint32");
        rig.Tag("on", "On", "bool");
        rig.Tag("name", "Name", "string");
        rig.Tag("state", "State", "int32");
        rig.Tag("state.text", "State", "string");
        rig.Tag("broken", "Broken", "int16");
        rig.Tag("missing", "Nowhere", "int16");
        rig.Tag("mismatch", "Speed", "int32");
        await rig.StartAsync(Plain);

        await rig.UntilAsync("speed", (sample, _) => sample is { Status.IsGood: true, Float64: 1234.5 });
        await rig.UntilAsync("parts", (sample, _) => sample is { Status.IsGood: true, Bits: 4_000_000_000 });
        await rig.UntilAsync("on", (sample, _) => sample is { Status.IsGood: true, Bits: 1 });
        await rig.UntilAsync("name", (sample, text) => sample.Status.IsGood && text == "一号线");
        await rig.UntilAsync("state", (sample, _) => sample is { Status.IsGood: true, Bits: 1 });
        await rig.UntilAsync("state.text", (sample, text) => sample.Status.IsGood && text == "运行");
        await rig.UntilAsync("broken", (sample, _) => sample.Status.Value == 0x808C_0000);
        await rig.UntilAsync("missing", (sample, _) => sample.Status == StatusCode.BadNodeIdUnknown);
        await rig.UntilAsync("mismatch", (sample, _) => sample.Status == StatusCode.BadTypeMismatch);

        var speed = rig.Latest("speed")!.Value.Sample;
        Assert.InRange(speed.SourceTime.ToDateTimeOffset(), started.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.False(speed.ServerTime.IsNone);
        Assert.InRange(rig.Source("cell").ClockOffset!.Value, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_field_of_a_structure_is_a_tag()
    {
        await using var rig = new OpcUaRig();
        var encoding = rig.NextId();
        var axis = rig.Space.AddStructure(rig.NextId(), encoding, "Axis", new()
        {
            Fields =
            [
                new StructureField { Name = "Name", DataType = new(12), ValueRank = -1 },
                new StructureField { Name = "Position", DataType = new(11), ValueRank = -1 },
            ],
        });
        var writer = new UaWriter();
        writer.WriteString("X");
        writer.WriteDouble(12.75);
        rig.Variable(
            "Axis", BuiltInType.ExtensionObject,
            Variant.From(new ExtensionObject(encoding, writer.WrittenSpan.ToArray(), ExtensionObjectBody.Binary)),
            axis);
        rig.Device("cell1", "cell");
        rig.Tag("position", "Axis", "float64", "Position");
        rig.Tag("axis", "Axis", "string", "Name");
        rig.Tag("nothing", "Axis", "float64", "Velocity");
        await rig.StartAsync(Plain);

        await rig.UntilAsync("position", (sample, _) => sample is { Status.IsGood: true, Float64: 12.75 });
        await rig.UntilAsync("axis", (sample, text) => sample.Status.IsGood && text == "X");
        await rig.UntilAsync("nothing", (sample, _) => sample.Status == StatusCode.BadTypeMismatch);
    }

    [Fact]
    public async Task A_value_that_does_not_change_is_read_again()
    {
        await using var rig = new OpcUaRig();
        rig.Variable("Speed", BuiltInType.Double, Variant.From(1.5));
        rig.Device("cell1", "cell");
        rig.Tag("speed", "Speed", "float64");
        await rig.StartAsync(Plain);

        await Eventually.TrueAsync(() => rig.Source("cell").Counters.Confirmed >= 3);
        var sample = rig.Latest("speed")!.Value.Sample;
        Assert.Equal(1.5, sample.Float64);
        Assert.True(sample.ServerTime > sample.SourceTime);
        Assert.Equal(0, rig.Source("cell").SilentCount);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_leaves_the_others_alone()
    {
        await using var rig = new OpcUaRig();
        rig.Variable("Speed", BuiltInType.Double, Variant.From(1.5));
        rig.Device("cell1", "cell");
        rig.Device("cell2", "dead");
        rig.Tag("speed", "Speed", "float64");
        rig.Tag("dead.speed", "Speed", "float64", device: "cell2");
        await rig.StartAsync($$"""
            {{Plain}},
            { "name": "dead", "protocol": "opc-ua", "url": "opc.tcp://127.0.0.1:{{FreePort.Next()}}" }
            """);

        await rig.UntilAsync("speed", (sample, _) => sample is { Status.IsGood: true, Float64: 1.5 });
        await rig.UntilTroubleAsync("dead", "check url, network and whether the server is running");
        Assert.Null(rig.Source("cell").Trouble);
    }

    [Fact]
    public async Task An_untrusted_server_is_not_read_until_somebody_trusts_it()
    {
        await using var rig = new OpcUaRig(new()
        {
            AllowsAnonymous = false,
            Users = new Dictionary<string, string> { ["edgeagent"] = "geheim" },
            Endpoints = [new(SecurityPolicy.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt)],
        });
        rig.Variable("Speed", BuiltInType.Double, Variant.From(1.5));
        rig.Device("cell1", "cell");
        rig.Tag("speed", "Speed", "float64");
        rig.Write("cell.password", "geheim\n");
        await rig.StartAsync("""
            {
              "name": "cell", "protocol": "opc-ua", "url": "URL",
              "identity": { "user": "edgeagent", "passwordFile": "cell.password" }
            }
            """);

        await rig.UntilTroubleAsync("cell", "BadCertificateUntrusted");
        Assert.Contains("edgeagent certs trust", rig.Source("cell").Trouble, StringComparison.Ordinal);
        Assert.Contains(
            rig.Server.Certificate.Thumbprint, rig.Source("cell").Trouble, StringComparison.OrdinalIgnoreCase);

        var store = CertificateStore.Open(Path.Combine(rig.Data, "pki"));
        store.Trust(Assert.Single(store.List(CertificateFolder.Rejected, [])));
        await rig.UntilAsync("speed", (sample, _) => sample is { Status.IsGood: true, Float64: 1.5 });
        Assert.Null(rig.Source("cell").Trouble);
    }

    [Fact]
    public async Task A_wrong_password_is_said_with_what_to_check()
    {
        await using var rig = new OpcUaRig(new()
        {
            AllowsAnonymous = false,
            Users = new Dictionary<string, string> { ["edgeagent"] = "geheim" },
            Endpoints = [new(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)],
        });
        rig.Variable("Speed", BuiltInType.Double, Variant.From(1.5));
        rig.Device("cell1", "cell");
        rig.Tag("speed", "Speed", "float64");
        rig.Write("cell.password", "geheimer\n");
        var store = CertificateStore.Open(Path.Combine(rig.Data, "pki"));
        store.Trust(Certificate.TryRead(rig.Server.Certificate.RawData, out _)!);
        await rig.StartAsync("""
            {
              "name": "cell", "protocol": "opc-ua", "url": "URL",
              "identity": { "user": "edgeagent", "passwordFile": "cell.password" }
            }
            """);

        await rig.UntilTroubleAsync("cell", "check user and password");
    }

    [Fact]
    public async Task Nothing_is_lost_over_a_broken_connection()
    {
        await using var rig = new OpcUaRig();
        var node = rig.Variable("Count", BuiltInType.Int32, Variant.From(0));
        rig.Device("cell1", "cell");
        rig.Tag("count", "Count", "int32");
        await rig.StartAsync("""
            {
              "name": "cell", "protocol": "opc-ua", "url": "URL", "securityPolicy": "None", "queueSize": 1000
            }
            """);
        await rig.UntilAsync("count", (sample, _) => sample.Status.IsGood);

        // Each change is sampled once, and the server keeps them all, however late the machine is.
        var value = 0;
        rig.Server.Every(TimeSpan.FromMilliseconds(100), now => rig.Server.Space.Set(
            node, Variant.From(Math.Min(40, Interlocked.Increment(ref value))), default, now));
        foreach (var dropAt in new[] { 15, 30 })
        {
            await Eventually.TrueAsync(() => Volatile.Read(ref value) >= dropAt, () => $"{value}");
            rig.Server.Faults.DropConnections();
        }

        await rig.UntilAsync("count", (sample, _) => sample is { Status.IsGood: true, Bits: 40 });
        await rig.Agent!.StopAsync();
        var (samples, gaps) = ReadJournal(rig);
        // A gap would be honest, but here the server has kept everything.
        Assert.Equal(
            Enumerable.Range(0, 41).Select(value => (long)value),
            samples.Select(sample => sample.Bits).Distinct().Order());
        Assert.DoesNotContain(gaps, gap => gap.Cause is not GapCause.AgentStopped);
    }

    [Fact]
    public async Task After_a_restart_with_other_indexes_a_tag_is_still_its_own_node()
    {
        await using var rig = new OpcUaRig();
        var node = rig.Variable("Count", BuiltInType.Int32, Variant.From(1));
        rig.Space.AddVariable(
            AddressSpace.Objects,
            new VariableDefinition(new(rig.Space.AddNamespace("urn:test:third"), "Count"), "Count")
            {
                Type = BuiltInType.Int32,
                Value = Variant.From(-1),
            });
        rig.Device("cell1", "cell");
        rig.Tag("count", "Count", "int32");
        await rig.StartAsync(Plain);
        await rig.UntilAsync("count", (sample, _) => sample.Status.IsGood);

        rig.Server.Faults.Restart(
            [.. rig.Space.Namespaces.Take(1), .. rig.Space.Namespaces.Skip(1).Reverse()]);
        rig.Set(node, Variant.From(2));
        await rig.UntilAsync("count", (sample, _) => sample is { Status.IsGood: true, Bits: 2 });

        rig.Server.Faults.Restart([rig.Space.Namespaces[0], "urn:test:third"]);
        await rig.UntilAsync("count", (sample, _) => sample.Status.IsBad);
        await rig.Agent!.StopAsync();

        var (samples, gaps) = ReadJournal(rig);
        Assert.DoesNotContain(samples, sample => sample is { Status.IsGood: true, Bits: not (1 or 2) });
        Assert.Contains(gaps, gap => gap is { Scope: "cell1" or "cell", Cause: GapCause.SourceOffline });
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_noticed_and_what_is_missing_is_a_gap()
    {
        await using var rig = new OpcUaRig();
        var node = rig.Variable("Count", BuiltInType.Int32, Variant.From(1));
        rig.Device("cell1", "cell");
        rig.Tag("count", "Count", "int32");
        await rig.StartAsync(
            """
            {
              "name": "cell", "protocol": "opc-ua", "url": "URL", "securityMode": "None", "keepAlive": "1s",
              "lifetime": "10s", "confirmInterval": "1s", "backfill": false, "timeout": "2s"
            }
            """);
        await rig.UntilAsync("count", (sample, _) => sample.Status.IsGood);

        rig.Server.Faults.Stall();
        await Eventually.TrueAsync(() => rig.Source("cell").Trouble is not null);
        rig.Server.Faults.LoseSubscriptions();
        rig.Server.Faults.Resume();
        rig.Set(node, Variant.From(2));
        await rig.UntilAsync("count", (sample, _) => sample is { Status.IsGood: true, Bits: 2 });
        await rig.Agent!.StopAsync();

        var (_, gaps) = ReadJournal(rig);
        var gap = Assert.Single(gaps, gap => gap.Scope != Gap.Everything);
        Assert.True(gap.From < gap.To);
    }

    private static (List<Sample> Samples, List<Gap> Gaps) ReadJournal(OpcUaRig rig)
    {
        using var journal = JournalReader.Open(Path.Combine(rig.Data, "journal"));
        var samples = new List<Sample>();
        var gaps = new List<Gap>();
        while (journal.TryRead(out var entry))
        {
            if (entry.Gap is { } gap)
            {
                gaps.Add(gap);
            }

            for (var row = 0; row < (entry.Batch?.Count ?? 0); row++)
            {
                samples.Add(entry.Batch![row]);
            }
        }

        return (samples, gaps);
    }
}

using System.Globalization;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Nodes;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Simulator;

/// <summary>The machines over OPC UA, read by the addresses of the written point table.</summary>
public sealed class MachineLineTests
{
    [Fact]
    public async Task Every_machine_row_of_the_point_table_reads_a_value_of_its_type()
    {
        var token = TestContext.Current.CancellationToken;
        var now = DateTimeOffset.UtcNow;
        await using var plant = PlantServers.Listen(
            new PlantScript(1), TimeProvider.System, now, MachineProtocol.OpcUa);
        var files = new PlantConfiguration
        {
            Script = plant.Script,
            Endpoints = plant.Endpoints,
            OpcUaLines = plant.OpcUaLines.Keys.ToHashSet(),
            Start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)),
        }.Files();
        using var folder = new TempFolder();
        var store = CertificateStore.Open(folder.File("pki"));
        using var own = store.OpenOwn(
            new() { ApplicationName = "test", InstanceId = "test", HostNames = ["localhost"] }, TimeProvider.System);
        var connector = new OpcUaConnector(own, new(store, TimeProvider.System, new()), TimeProvider.System);

        Assert.Equal(["kilns", "machining", "presses"], plant.OpcUaLines.Keys.Order());
        var rows = files["tags.csv"].Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 2).ToList();
        foreach (var (line, certificate) in plant.OpcUaLines)
        {
            store.Trust(Certificate.TryRead(certificate, out _)!);
            await using var session = await connector.ConnectAsync(
                new() { Url = new(FormattableString.Invariant($"opc.tcp://127.0.0.1:{plant.Endpoints[line]}")) },
                    token);
            var prefix = $"nsu={LineNodes.NamespaceUriOf(line)};";
            var tags = rows.Where(row => row[2].StartsWith(prefix, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(tags);
            var nodes = tags.Select(row => Resolve(session, row[2])).OfType<ReadValueId>().ToList();
            Assert.Equal(tags.Count, nodes.Count);
            var values = await session.ReadAsync(nodes, TimestampsToReturn.Both, TimeSpan.Zero, token);
            for (var i = 0; i < tags.Count; i++)
            {
                Assert.True(values[i].Status.IsGood, $"{tags[i][0]}: {values[i].Status}");
                Assert.Equal(tags[i][3], TypeName(values[i].Value.Type));
                Assert.False(values[i].SourceTime.IsNone);
                Assert.False(values[i].ServerTime.IsNone);
            }
        }
    }

    [Fact]
    public void A_fault_of_a_machine_that_speaks_OPC_UA_is_refused() => Assert.Throws<ArgumentException>(
        () => PlantServers.Listen(
            new PlantScript(1), TimeProvider.System, DateTimeOffset.UtcNow, MachineProtocol.OpcUa,
            PlantFault.Silence("kiln1", 0, 1)));

    private static ReadValueId? Resolve(ClientSession session, string address) =>
        session.Namespaces.TryResolve(NodeAddress.Parse(address), out var id)
            ? new ReadValueId { NodeId = id, AttributeId = AttributeIds.Value }
            : null;

    private static string TypeName(BuiltInType type) => type switch
    {
        BuiltInType.Boolean => "bool",
        BuiltInType.Float => "float32",
        BuiltInType.Double => "float64",
        _ => type.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}

using System.Text.Json.Nodes;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Companion models as node-opcua instantiates them from the NodeSets of the OPC Foundation.</summary>
public sealed class InteropModelTests(InteropModelTests.Rig rig) : IClassFixture<InteropModelTests.Rig>
{
    private static readonly NodeId HasComponent = new(47);
    private static readonly NodeId HasProperty = new(46);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_state_machine_is_recognised_whatever_its_namespace_s_index(bool isReordered)
    {
        await using var session = await rig.ConnectAsync(isReordered);
        var walk = await InteropWalk.AsyncOf(session);

        var found = CompanionModels.Recognise(walk.Nodes);

        Assert.Equal(
            [
                "Filler1/BaseStateMachine packml",
                "Filler1/BaseStateMachine/MachineState packml",
                "Filler1/BaseStateMachine/MachineState/ExecuteState packml",
                "Machines/Mill1/Monitoring/MachineTool/MachineryItemState machinery-item-state",
                "Machines/Mill1/Monitoring/MachineTool/MachineryOperationMode machinery-operation-mode",
                "Machines/Mill1/Production/ActiveProgram/State machinetool-production",
                "Machines/Press1/MachineryItemState machinery-item-state",
                "Machines/Press1/MachineryOperationMode machinery-operation-mode",
            ],
            found.Select(state => $"{walk.PathOf(state.Machine)} {state.Mapping.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_state_has_the_number_that_the_specification_s_own_node_says()
    {
        await using var session = await rig.ConnectAsync(isReordered: false);
        var walk = await InteropWalk.AsyncOf(session);
        var mappings = CompanionModels.Recognise(walk.Nodes)
            .SelectMany(state => walk.Nodes[state.Machine].Types.Select(type => (Type: type, state.Mapping)))
            .Where(pair => pair.Type.NamespaceUri is not null)
            .Distinct();
        var compared = 0;

        foreach (var (type, mapping) in mappings)
        {
            Assert.True(session.Namespaces.TryResolve(type, out var id));
            foreach (var (name, number) in await NumbersOfStatesAsync(session, id))
            {
                var mapped = Assert.Single(mapping.States, state => state.Number == number);
                Assert.Equal(name, mapped.Name);
                compared++;
            }
        }

        // Four of Machinery twice over, five of MachineTool's production, and PackML's.
        Assert.True(compared > 4 + 4 + 5 + 10, $"{compared} states");
    }

    [Fact]
    public async Task A_change_of_state_arrives_and_counts_as_the_mapping_proposes()
    {
        await using var session = await rig.ConnectAsync(isReordered: false);
        var server = await rig.ServerAsync(isReordered: false);
        var walk = await InteropWalk.AsyncOf(session);
        var states = CompanionModels.Recognise(walk.Nodes);
        var press = Assert.Single(states, state => walk.PathOf(state.Machine).EndsWith(
            "Press1/MachineryItemState", StringComparison.Ordinal));
        Assert.Equal(StateForm.Number, press.Form);
        var seen = new List<TimeElement?>();

        foreach (var (name, text) in new[] { ("Executing", "正在加工"), ("OutOfService", "停用"), ("NotExecuting", "等待") })
        {
            await server.SendAsync($"state Press1 MachineryItemState {name} {text}");
            var value = await session.ReadOneAsync(walk.Ids[press.Variable]);
            Assert.True(value.Status.IsGood);
            seen.Add(press.Mapping.States.Single(state => state.Number == value.Value.AsInt64()).Element);
        }

        Assert.Equal([TimeElement.Production, TimeElement.Delay, TimeElement.Down], seen);
    }

    private static async Task<List<(string Name, long Number)>> NumbersOfStatesAsync(ClientSession session, NodeId type)
    {
        var numbers = new List<(string Name, long Number)>();
        foreach (var (_, state) in await InteropWalk.BrowseAsync(
            session, [type], HasComponent, BrowseDirection.Forward))
        {
            if (state.NodeClass != NodeClass.Object || !session.Namespaces.TryResolve(state.NodeId, out var id))
            {
                continue;
            }

            foreach (var (_, property) in await InteropWalk.BrowseAsync(
                session, [id], HasProperty, BrowseDirection.Forward))
            {
                // A state has a StateNumber, a transition a TransitionNumber.
                if (property.BrowseName.Name == "StateNumber"
                    && session.Namespaces.TryResolve(property.NodeId, out var number))
                {
                    var value = await session.ReadOneAsync(number);
                    numbers.Add((state.BrowseName.Name!, value.Value.AsInt64()!.Value));
                }
            }
        }

        return numbers;
    }

    /// <summary>One server with the namespaces in one order, another with another, and a client.</summary>
    public sealed class Rig : IAsyncDisposable
    {
        private readonly InteropClient _client = new();
        private readonly Lazy<Task<NodeOpcUa>> _server = new(() => NodeOpcUa.StartModelsAsync());
        private readonly Lazy<Task<NodeOpcUa>> _reordered =
            new(() => NodeOpcUa.StartModelsAsync(new JsonObject { ["reordered"] = true }));

        internal Task<NodeOpcUa> ServerAsync(bool isReordered) => (isReordered ? _reordered : _server).Value;

        internal async Task<ClientSession> ConnectAsync(bool isReordered) =>
            await _client.ConnectAsync(InteropClient.None(await ServerAsync(isReordered)));

        public async ValueTask DisposeAsync()
        {
            foreach (var server in new[] { _server, _reordered })
            {
                if (server.IsValueCreated && server.Value.IsCompletedSuccessfully)
                {
                    await (await server.Value).DisposeAsync();
                }
            }

            _client.Dispose();
        }
    }
}

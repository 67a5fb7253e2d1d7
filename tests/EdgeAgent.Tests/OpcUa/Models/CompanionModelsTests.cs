using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;

namespace EdgeAgent.Tests.OpcUa.Models;

public sealed class CompanionModelsTests
{
    private const string Plant = "urn:plant";

    private static readonly NodeAddress ItemState = new(CompanionModels.MachineryUri, new(1002));
    private static readonly NodeAddress OperationMode = new(CompanionModels.MachineryUri, new(1008));
    private static readonly NodeAddress MachineToolMode = new(CompanionModels.MachineToolUri, new(1003));

    [Fact]
    public void A_state_machine_is_known_by_its_type_and_read_by_its_number()
    {
        var found = Assert.Single(CompanionModels.Recognise(
        [
            Node(-1, "Press"),
            Node(0, "Zustand", ItemState),
            Standard(1, "CurrentState"),
            Standard(2, "Id"),
            Standard(2, "Number"),
        ]));

        Assert.Equal(new(1, 4, StateForm.Number, StateMappings.MachineryItemState), found);
    }

    [Fact]
    public void Without_a_number_the_text_is_read()
    {
        var found = Assert.Single(CompanionModels.Recognise(
            [Node(-1, "State", ItemState), Standard(0, "CurrentState")]));

        Assert.Equal((1, StateForm.Text), (found.Variable, found.Form));
    }

    [Fact]
    public void A_vendors_type_is_known_by_its_super_types()
    {
        var vendor = new NodeAddress(Plant, new(0, "OurMode"));

        var found = Assert.Single(CompanionModels.Recognise(
            [Node(-1, "Mode", vendor, MachineToolMode, OperationMode), Standard(0, "CurrentState")]));

        Assert.Equal(StateMappings.MachineryOperationMode, found.Mapping);
    }

    [Theory]
    [InlineData(CompanionModels.PackMlUri, 1, "packml")]
    [InlineData(CompanionModels.PackMlUri, 3, "packml")]
    [InlineData(CompanionModels.MachineToolUri, 24, "machinetool-production")]
    public void The_other_specifications_are_known(string uri, uint type, string mapping)
    {
        var found = Assert.Single(CompanionModels.Recognise(
            [Node(-1, "State", new NodeAddress(uri, new(type))), Standard(0, "CurrentState")]));

        Assert.Equal(mapping, found.Mapping.Name);
    }

    [Fact]
    public void The_same_ids_and_names_of_others_mean_nothing()
    {
        Assert.Empty(CompanionModels.Recognise(
        [
            Node(-1, "MachineryItemState", new NodeAddress(Plant, new(1002))),
            Standard(0, "CurrentState"),
            Node(-1, "State", ItemState),
            Node(2, "CurrentState"),
        ]));
    }

    [Theory]
    [InlineData("machinery-item-state", "Executing", TimeElement.Production)]
    [InlineData("machinery-item-state", "OutOfService", TimeElement.Delay)]
    [InlineData("machinery-item-state", "NotExecuting", TimeElement.Down)]
    [InlineData("machinery-item-state", "NotAvailable", null)]
    [InlineData("machinery-operation-mode", "Setup", TimeElement.Setup)]
    [InlineData("packml", "Execute", TimeElement.Production)]
    [InlineData("packml", "Held", TimeElement.Delay)]
    [InlineData("packml", "Running", null)]
    [InlineData("machinetool-production", "Running", TimeElement.Production)]
    public void States_count_as_the_specifications_say(string mapping, string state, TimeElement? element)
    {
        var states = All().Single(one => one.Name == mapping).States;

        Assert.Equal(element, states.Single(one => one.Name == state).Element);
    }

    [Fact]
    public void In_each_mapping_every_state_has_its_own_number_and_only_one_produces()
    {
        foreach (var mapping in All())
        {
            Assert.Equal(mapping.States.Count, mapping.States.Select(state => state.Number).Distinct().Count());
            Assert.Equal(mapping.States.Count, mapping.States.Select(state => state.Name).Distinct().Count());
            Assert.Single(mapping.States, state => state.Element == TimeElement.Production);
        }
    }

    private static StateMapping[] All() =>
    [
        StateMappings.MachineryItemState, StateMappings.MachineryOperationMode, StateMappings.MachineToolProduction,
        StateMappings.PackMl,
    ];

    private static ModelNode Node(int parent, string name, params NodeAddress[] types) =>
        new(parent, (Plant, name), types);

    private static ModelNode Standard(int parent, string name) => new(parent, (NamespaceUris.OpcUa, name), []);
}

using EdgeAgent.Commands.Browse;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;

namespace EdgeAgent.Tests.Commands.Browse;

public sealed class StateRuleTextTests
{
    [Theory]
    [InlineData(
        StateForm.Number,
        """
        { "name": "machinery-item-state", "version": "1", "map": { "1": "delay", "2": "down",
         "3": "production" } }
        """)]
    [InlineData(
        StateForm.Text,
        """
        { "name": "machinery-item-state-text", "version": "1", "map": { "OutOfService": "delay", "NotExecuting": "down",
         "Executing": "production" } }
        """)]
    public void A_rule_maps_what_the_variable_says_and_leaves_out_what_says_nothing(StateForm form, string rule)
    {
        var state = new RecognisedState(0, 1, form, StateMappings.MachineryItemState);

        Assert.Equal(rule.ReplaceLineEndings(""), StateRuleText.Rule(state));
    }

    [Fact]
    public void Of_several_states_of_a_machine_that_which_says_most_is_proposed()
    {
        var walk = new SomeWalk();
        var press = walk.Object(0, "Press1");
        var mode = walk.Variable(press, "Mode", SomeWalk.FactsOf(BuiltInType.UInt32));
        var item = walk.Variable(press, "Item", SomeWalk.FactsOf(BuiltInType.UInt32));
        var output = new StringWriter { NewLine = "\n" };

        StateRuleText.Write(
            [
                new(press, mode, StateForm.Number, StateMappings.MachineryOperationMode),
                new(press, item, StateForm.Number, StateMappings.MachineryItemState),
            ],
            walk.Rows().ToDictionary(row => row.Index),
            output);

        Assert.Contains(
            "建议 / take   状态点 Press1.Item，状态规则 machinery-item-state", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("也有 / also   状态点 Press1.Mode", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_recognised_nothing_is_said()
    {
        var output = new StringWriter();

        StateRuleText.Write([], new Dictionary<int, TagRow>(), output);

        Assert.Empty(output.ToString());
    }
}

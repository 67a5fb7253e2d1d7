using System.Globalization;
using System.Text;
using EdgeAgent.OpcUa.Models;

namespace EdgeAgent.Commands.Browse;

/// <summary>Rules for kpi/state-rules.json, ready to be pasted, and which tags they are for.</summary>
internal static class StateRuleText
{
    // What says most directly whether the machine produces comes first. Of the levels of PackML the lowest counts,
    // which is found last.
    private static readonly StateMapping[] ByWorth =
    [
        StateMappings.MachineryItemState, StateMappings.PackMl, StateMappings.MachineToolProduction,
        StateMappings.MachineryOperationMode,
    ];

    /// <param name="states">What was recognised.</param>
    /// <param name="tags">The proposed tag of a node.</param>
    public static void Write(
        IReadOnlyList<RecognisedState> states, IReadOnlyDictionary<int, TagRow> tags, TextWriter output)
    {
        if (states.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("识别到的状态机 / state machines recognised:");
        foreach (var machine in states.Where(state => tags.ContainsKey(state.Variable))
            .GroupBy(state => tags[state.Variable].Device, StringComparer.Ordinal))
        {
            var ranked = machine.OrderBy(state => Array.IndexOf(ByWorth, state.Mapping))
                .ThenByDescending(state => state.Machine)
                .ToList();
            output.WriteLine($"  {machine.Key}");
            foreach (var state in ranked)
            {
                var isFirst = state == ranked[0];
                output.WriteLine(
                    $"    {TextWidth.Pad(isFirst ? "建议 / take" : "也有 / also", 14)}"
                    + $"状态点 {tags[state.Variable].Tag}，状态规则 {NameOf(state)}  ({state.Mapping.Source})");
            }
        }

        output.WriteLine();
        output.WriteLine("规则，可以粘贴到 kpi/state-rules.json；改了对应关系就换名字或 version /");
        output.WriteLine("rules for kpi/state-rules.json; whoever changes one gives it another name or version:");
        foreach (var state in states.DistinctBy(NameOf))
        {
            output.WriteLine($"    // {state.Mapping.Caution.Chinese}");
            output.WriteLine($"    // {state.Mapping.Caution.English}");
            output.WriteLine($"    {Rule(state)},");
        }
    }

    /// <summary>One rule as JSON on one line; states that say nothing are left out and count as unknown time.</summary>
    internal static string Rule(RecognisedState state)
    {
        var map = new StringBuilder();
        foreach (var mapped in state.Mapping.States.Where(one => one.Element is not null))
        {
            var key = state.Form == StateForm.Number
                ? mapped.Number.ToString(CultureInfo.InvariantCulture)
                : mapped.Name;
            map.Append(map.Length > 0 ? ", " : "").Append($"\"{key}\": \"{Word(mapped.Element)}\"");
        }

        return $"{{ \"name\": \"{NameOf(state)}\", \"version\": \"{state.Mapping.Version}\", \"map\": {{ {map} }} }}";
    }

    private static string NameOf(RecognisedState state) =>
        state.Form == StateForm.Number ? state.Mapping.Name : $"{state.Mapping.Name}-text";

    private static string Word(TimeElement? element) => element switch
    {
        TimeElement.Production => "production",
        TimeElement.Setup => "setup",
        TimeElement.Delay => "delay",
        _ => "down",
    };
}

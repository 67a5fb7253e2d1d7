using System.Globalization;
using System.Text;
using EdgeAgent.OpcUa.Models;

namespace EdgeAgent.Commands.Browse;

/// <summary>Rules for kpi/state-rules.json, ready to be pasted, and which tags they are for.</summary>
internal static class StateRuleText
{
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
        foreach (var state in states.Where(state => tags.ContainsKey(state.Variable)))
        {
            var row = tags[state.Variable];
            output.WriteLine($"  {row.Tag}  {state.Mapping.Source}");
            output.WriteLine($"      kpi/work-units.csv: 设备={row.Device} 状态点={row.Tag} 状态规则={NameOf(state)}");
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
            map.Append(CultureInfo.InvariantCulture, $"{(map.Length > 0 ? ", " : "")}\"{key}\": \"{Word(mapped.Element)}\"");
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

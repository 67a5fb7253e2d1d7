using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;

namespace EdgeAgent.Configuration;

/// <summary>One of "rules" in kpi/state-rules.json: what a machine's raw states mean.</summary>
internal sealed record StateRuleConfig
{
    // The longest list of states seen in a machine's manual has some 60.
    private const int MaxStates = 1000;

    private static readonly Choices<TimeElement> Elements = new(
        (TimeElement.Production, ["production", "生产"]),
        (TimeElement.Setup, ["setup", "调整"]),
        (TimeElement.Delay, ["delay", "延误"]),
        (TimeElement.Down, ["down", "停机"]));

    public required string Name { get; init; }

    /// <summary>Kept with every figure; changed by people whenever the map is.</summary>
    public required string Version { get; init; }

    public required IReadOnlyDictionary<string, TimeElement> Map { get; init; }

    public static IEnumerable<(StateRuleConfig Rule, JsonSection Place)> ReadAll(JsonSection json)
    {
        var rules = json.Sections("rules").Select(section => (Read(section), section)).ToList();
        json.Finish();
        return rules;
    }

    private static StateRuleConfig Read(JsonSection json)
    {
        var map = new Dictionary<string, TimeElement>(StringComparer.Ordinal);
        if (!json.Has("map"))
        {
            json["map"].Required("{ \"1\": \"production\" }");
        }

        if (json.Section("map") is { } section)
        {
            foreach (var member in section.Members.Take(MaxStates))
            {
                map[member.Name] = section[member.Name].Required("production").Choice(TimeElement.Down, Elements);
            }

            if (map.Count == 0)
            {
                json["map"].Error(
                    ("是空的，所有时间都会是未知", "is empty: all time would be unknown"), "\"map\": { \"1\": \"production\" }");
            }

            if (section.Members.Count() > MaxStates)
            {
                json["map"].Error(($"超过 {MaxStates} 项", $"has more than {MaxStates} states"),
                    ("拆成几条规则", "split the rule"));
            }
        }

        var rule = new StateRuleConfig
        {
            Name = json["name"].Id("cnc-states"),
            Version = json["version"].Required("1").Line(maxLength: Field.MaxIdLength, example: "1"),
            Map = map,
        };
        json.Finish();
        return rule;
    }
}

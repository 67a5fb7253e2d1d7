using System.Globalization;
using System.Text.Json;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Configuration;

public sealed class PlantConfigurationTests
{
    private static readonly PlantScript Script = new(1);

    private static readonly PlantConfiguration Plant = new()
    {
        Script = Script,
        Endpoints = new Dictionary<string, int>
        {
            ["kilns"] = 1502,
            ["presses"] = 1503,
            ["machining"] = 1504,
            ["meters"] = 1505,
        },
        Start = new DateTimeOffset(2026, 3, 13, 0, 30, 0, TimeSpan.Zero),
        EntriesFromMinute = 1,
        EntriesToMinute = 9,
        Speed = 10,
        MqttPort = 1883,
    };

    private readonly IReadOnlyDictionary<string, string> _files = Plant.Files();

    [Fact]
    public void The_folder_holds_every_file()
    {
        Assert.Equal(
            [
                "agent.json", "calendar.json", "devices.csv", "entries.csv", "kpi/meters.csv", "kpi/parameters.json",
                "kpi/state-rules.json", "kpi/work-units.csv", "products.csv", "tags.csv",
            ],
            _files.Keys);
        foreach (var (name, text) in _files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(text);
            Assert.True(json.RootElement.EnumerateObject().Any(), name);
        }
    }

    [Fact]
    public void Every_row_is_as_wide_as_its_header_and_has_its_own_name()
    {
        string[] named = ["devices.csv", "tags.csv", "products.csv", "kpi/work-units.csv", "kpi/meters.csv"];
        foreach (var name in named)
        {
            var rows = Rows(name);
            Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
            Assert.Distinct(rows.Select(row => row[0]));
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var devices = Rows("devices.csv")[1..].ToDictionary(row => row[0]);
        var tags = Rows("tags.csv")[1..].ToDictionary(row => row[0]);
        var products = Rows("products.csv").Select(row => row[0]).ToHashSet();
        using var rules = JsonDocument.Parse(_files["kpi/state-rules.json"]);
        var ruleNames = rules.RootElement.GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("name").GetString()!).ToHashSet();

        Assert.InRange(tags.Count, 200, 1_000);
        Assert.All(tags.Values, tag => Assert.NotEqual("", devices[tag[1]][9]));
        Assert.All(devices.Values.Where(row => row[9] != ""), row => Assert.Contains(row[9], Plant.Endpoints.Keys));
        foreach (var unit in Rows("kpi/work-units.csv")[1..])
        {
            Assert.True(devices.ContainsKey(unit[0]));
            Assert.Contains(unit[2], ruleNames);
            Assert.All(
                new[] { unit[1], unit[3], unit[4], unit[5], unit[6], unit[9] }.Where(tag => tag != ""),
                tag => Assert.Equal(unit[0], tags[tag][1]));
            Assert.True(unit[8] == "" ? unit[9] != "" : products.Contains(unit[8]));
        }

        var meters = Rows("kpi/meters.csv")[1..];
        Assert.All(meters, meter => Assert.True(tags.ContainsKey(meter[1])));
        Assert.All(meters, meter => Assert.True(meter[4] == "" || meters.Any(parent => parent[0] == meter[4])));
    }

    [Fact]
    public void Every_code_a_machine_shows_is_in_its_rule()
    {
        using var rules = JsonDocument.Parse(_files["kpi/state-rules.json"]);
        foreach (var unit in Rows("kpi/work-units.csv")[1..])
        {
            var map = rules.RootElement.GetProperty("rules").EnumerateArray()
                .Single(rule => rule.GetProperty("name").GetString() == unit[2]).GetProperty("map");
            var machine = Script.Machines.Single(machine => machine.Id == unit[0]);
            foreach (var segment in machine.Segments)
            {
                var moment = machine.At(segment.FromSecond * PlantTime.Second);
                var element = map.GetProperty($"{moment.StateCode}").GetString();
                var expected = moment.State == MachineState.Maintenance ? "down" : $"{moment.State}";
                Assert.Equal(expected, element, ignoreCase: true);
            }
        }
    }

    [Fact]
    public void Entries_tile_their_window_in_local_time_and_sum_up_to_the_truth()
    {
        var rows = Rows("entries.csv")[1..];
        Assert.Equal(8, rows.Length);
        Assert.Equal("2026-03-13T08:31", rows[0][1]);
        Assert.Equal("2026-03-13T08:39", rows[^1][2]);
        for (var i = 1; i < rows.Length; i++)
        {
            Assert.Equal(rows[i - 1][2], rows[i][1]);
        }

        var sum = rows.Sum(row => decimal.Parse(row[3], CultureInfo.InvariantCulture));
        Assert.Equal(Script.TruthOf(1, 9).OutputValue, Fraction.From(sum));
    }

    [Fact]
    public void Planned_downtime_is_written_in_local_time_for_every_day()
    {
        using var calendar = JsonDocument.Parse(_files["calendar.json"]);
        var stops = calendar.RootElement.GetProperty("plannedDowntime").EnumerateArray().ToArray();
        Assert.Equal(7, stops.Length);
        Assert.Equal("2026-03-13T11:00", stops[0].GetProperty("from").GetString());
        Assert.Equal("2026-03-13T11:30", stops[0].GetProperty("to").GetString());
        Assert.Equal("2026-03-14T11:00", stops[1].GetProperty("from").GetString());
    }

    [Theory]
    [InlineData(1, "3s")]
    [InlineData(10, "30s")]
    [InlineData(600, "60s")]
    public void Time_outs_grow_with_the_speed_of_the_clock(int speed, string timeout)
    {
        using var agent = JsonDocument.Parse((Plant with { Speed = speed }).Files()["agent.json"]);
        Assert.All(
            agent.RootElement.GetProperty("endpoints").EnumerateArray(),
            endpoint => Assert.Equal(timeout, endpoint.GetProperty("timeout").GetString()));
    }

    [Fact]
    public void A_start_between_two_minutes_is_refused() => Assert.Throws<InvalidOperationException>(
        () => (Plant with { Start = Plant.Start.AddSeconds(1) }).Files());

    private string[][] Rows(string file) => [.. _files[file].TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}

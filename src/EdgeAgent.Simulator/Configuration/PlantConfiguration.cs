using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>
/// Writes the configuration folder with which the agent reads the plant: ledger, point table, calendar, products, KPI
/// definitions, and the output value of each minute as entries.
/// <code>
/// var plant = new PlantConfiguration { Script = script, Endpoints = servers.Endpoints, Start = servers.Start };
/// plant.WriteTo(folder);
/// </code>
/// </summary>
public sealed record PlantConfiguration
{
    /// <summary>China Standard Time, which has no summer time; plant times in the files are local.</summary>
    internal static readonly TimeSpan LocalOffset = TimeSpan.FromHours(8);

    public required PlantScript Script { get; init; }

    /// <summary>Port on 127.0.0.1 of each line.</summary>
    public required IReadOnlyDictionary<string, int> Endpoints { get; init; }

    /// <summary>The lines that speak OPC UA; the others speak Modbus TCP.</summary>
    public IReadOnlySet<string> OpcUaLines { get; init; } = new HashSet<string>();

    /// <summary>Plant time zero, a whole minute.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How much faster than the system's the agent's clock runs: its time-outs are that much longer.</summary>
    public int Speed { get; init; } = 1;

    /// <summary>First minute with an entry of output value.</summary>
    public long EntriesFromMinute { get; init; }

    /// <summary>First minute without one any more. An hour by default.</summary>
    public long EntriesToMinute { get; init; } = 60;

    /// <summary>For how many days planned downtime is written into the calendar.</summary>
    public int CalendarDays { get; init; } = 7;

    public string AgentId { get; init; } = "demo-gateway";

    /// <summary>As the agent's configuration takes it: relative to the folder, or absolute.</summary>
    public string DataFolder { get; init; } = "../data";

    /// <summary>Broker on 127.0.0.1; null: nothing is published.</summary>
    public int? MqttPort { get; init; }

    /// <summary>Status page on 127.0.0.1; null: the agent's default.</summary>
    public int? WebPort { get; init; }

    /// <summary>The files by their names in the folder.</summary>
    /// <exception cref="InvalidOperationException">The start is not a whole minute.</exception>
    public IReadOnlyDictionary<string, string> Files()
    {
        if (Start.UtcTicks % TimeSpan.TicksPerMinute != 0)
        {
            throw new InvalidOperationException($"The plant starts at {Start:O}, which is no whole minute.");
        }

        var units = PlantUnits.Of(Script);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["agent.json"] = AgentFile.Write(this),
            ["devices.csv"] = LedgerFiles.Devices(OpcUaLines),
            ["tags.csv"] = LedgerFiles.Tags(units, OpcUaLines),
            ["calendar.json"] = CalendarFile.Write(this),
            ["products.csv"] = LedgerFiles.Products(),
            ["entries.csv"] = EntriesFile.Write(this),
            ["kpi/work-units.csv"] = KpiFiles.WorkUnits(Script),
            ["kpi/state-rules.json"] = KpiFiles.StateRules(),
            ["kpi/meters.csv"] = KpiFiles.Meters(Script),
            ["kpi/parameters.json"] = KpiFiles.Parameters(),
        };
    }

    /// <summary>Writes all files, over those that are there.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (name, text) in Files())
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    /// <summary>A plant time as the files write it: local, to the minute.</summary>
    internal string Local(long time) => Start.ToOffset(LocalOffset).AddTicks(time * TimeSpan.TicksPerMicrosecond)
        .ToString("yyyy-MM-dd'T'HH:mm", null);
}

using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>A file that the folder may hold: its name and the most it may weigh.</summary>
internal sealed record ConfigFile(string Name, long MaxBytes, bool IsRequired)
{
    // A person writes these by hand; the largest sensible one is a calendar with years of planned downtime.
    private const long MaxJsonBytes = 1 * SizeText.MiB;

    // Room for 100,000 rows of 80 bytes, more tags than a gateway can poll.
    private const long MaxCsvBytes = 8 * SizeText.MiB;

    public static readonly ConfigFile Agent = new("agent.json", MaxJsonBytes, IsRequired: true);
    public static readonly ConfigFile Devices = new("devices.csv", MaxCsvBytes, IsRequired: true);
    public static readonly ConfigFile Tags = new("tags.csv", MaxCsvBytes, IsRequired: true);
    public static readonly ConfigFile Calendar = new("calendar.json", MaxJsonBytes, IsRequired: true);
    public static readonly ConfigFile Products = new("products.csv", MaxCsvBytes, IsRequired: false);
    public static readonly ConfigFile Entries = new("entries.csv", MaxCsvBytes, IsRequired: false);
    public static readonly ConfigFile WorkUnits = new("kpi/work-units.csv", MaxCsvBytes, IsRequired: false);
    public static readonly ConfigFile StateRules = new("kpi/state-rules.json", MaxJsonBytes, IsRequired: false);
    public static readonly ConfigFile Meters = new("kpi/meters.csv", MaxCsvBytes, IsRequired: false);
    public static readonly ConfigFile Parameters = new("kpi/parameters.json", MaxJsonBytes, IsRequired: false);

    /// <summary>Every file, in the order in which they are read and in which errors are listed.</summary>
    public static IReadOnlyList<ConfigFile> All { get; } =
        [Agent, Devices, Tags, Calendar, Products, Entries, WorkUnits, StateRules, Meters, Parameters];
}

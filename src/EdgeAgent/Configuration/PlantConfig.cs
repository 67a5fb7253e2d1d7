namespace EdgeAgent.Configuration;

/// <summary>The whole configuration folder, checked: one property a file. Immutable.</summary>
internal sealed record PlantConfig
{
    /// <summary>Absolute path of the folder; relative paths in the files begin here.</summary>
    public required string Folder { get; init; }

    /// <summary>SHA-256 of the files in lower-case hexadecimal; see <see cref="ConfigHash"/>.</summary>
    public required string Hash { get; init; }

    public required AgentConfig Agent { get; init; }

    public required IReadOnlyList<DeviceConfig> Devices { get; init; }

    public required IReadOnlyList<TagConfig> Tags { get; init; }

    public required CalendarConfig Calendar { get; init; }

    public required IReadOnlyList<ProductConfig> Products { get; init; }

    public required IReadOnlyList<EntryConfig> Entries { get; init; }

    public required IReadOnlyList<WorkUnitConfig> WorkUnits { get; init; }

    public required IReadOnlyList<StateRuleConfig> StateRules { get; init; }

    public required IReadOnlyList<MeterConfig> Meters { get; init; }

    public required KpiParametersConfig KpiParameters { get; init; }

    /// <summary>The path a setting means, seen from the folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);
}

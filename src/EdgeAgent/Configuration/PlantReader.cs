using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Validation;

namespace EdgeAgent.Configuration;

/// <summary>
/// Turns the files of the folder into records and checks them against each other. Pure: the same bytes give the same
/// records and findings. Nothing stops at the first mistake; a file that could not be read only silences the checks
/// that need it.
/// </summary>
internal sealed class PlantReader(Func<ConfigFile, SourceFile> files, Findings findings)
{
    /// <summary>
    /// agent.json as it was read, for the checks that look at the files it names; null if it could not be.
    /// </summary>
    public JsonSection? AgentJson { get; private set; }

    /// <summary>The configuration, complete if there are no errors among the findings; else null.</summary>
    public PlantConfig? Read(string folder, string hash)
    {
        AgentJson = ReadJson(ConfigFile.Agent);
        var agent = AgentJson is null ? null : AgentConfig.Read(AgentJson);
        var endpoints = EndpointRules.Index(agent, AgentJson);

        var (deviceRows, areDevicesWhole) = ReadTable(ConfigFile.Devices, Columns.Devices.All, DeviceConfig.Read);
        var devices = DeviceRules.Check(deviceRows, areDevicesWhole, endpoints);

        var (tagRows, areTagsWhole) = ReadTable(
            ConfigFile.Tags, Columns.Tags.All, row => TagConfig.Read(row, EndpointOf(row, devices, endpoints)));
        var tags = TagRules.Check(tagRows, areTagsWhole, devices, endpoints);
        DeviceRules.WarnOfSilent(deviceRows, tagRows, areTagsWhole);
        if (agent is not null && AgentJson is not null)
        {
            EndpointRules.WarnOfUnused(agent, AgentJson, deviceRows, areDevicesWhole);
        }

        var calendar = ReadCalendar(devices);

        var (productRows, areProductsWhole) = ReadTable(ConfigFile.Products, Columns.Products.All, ProductConfig.Read);
        var products = new NameIndex<ProductConfig>(("产品", "product"), ConfigFile.Products.Name, areProductsWhole);
        foreach (var (product, row) in productRows)
        {
            products.Add(row[Columns.Products.Product], product);
        }

        var (entryRows, _) = ReadTable(ConfigFile.Entries, Columns.Entries.All, EntryConfig.Read);
        EntryRules.Check(entryRows, calendar?.DayStart ?? default);

        var stateRules = ReadStateRules();
        var (workUnitRows, _) = ReadTable(ConfigFile.WorkUnits, Columns.WorkUnits.All, WorkUnitConfig.Read);
        new WorkUnitRules(devices, tags, stateRules.Index, products).Check(workUnitRows);

        var parametersJson = ReadJson(ConfigFile.Parameters);
        var parameters = parametersJson is null
            ? KpiParametersConfig.Default
            : KpiParametersConfig.Read(parametersJson);
        var (meterRows, areMetersWhole) = ReadTable(ConfigFile.Meters, Columns.Meters.All, MeterConfig.Read);
        MeterRules.Check(meterRows, areMetersWhole, tags, parameters.CoalBasis);

        if (findings.ErrorCount > 0 || agent is null || calendar is null)
        {
            return null;
        }

        return new PlantConfig
        {
            Folder = folder,
            Hash = hash,
            Agent = agent,
            Devices = Values(deviceRows),
            Tags = Values(tagRows),
            Calendar = calendar,
            Products = Values(productRows),
            Entries = Values(entryRows),
            WorkUnits = Values(workUnitRows),
            StateRules = stateRules.Rules,
            Meters = Values(meterRows),
            KpiParameters = parameters,
        };
    }

    // What a row means depends on the protocol of its device; whether there is such a device is checked elsewhere.
    private static EndpointConfig? EndpointOf(
        CsvRow row, NameIndex<DeviceConfig> devices, NameIndex<EndpointConfig> endpoints) =>
        devices.Find(row[Columns.Tags.Device].Text) is { } device ? endpoints.Find(device.Endpoint) : null;

    private CalendarConfig? ReadCalendar(NameIndex<DeviceConfig> devices)
    {
        if (ReadJson(ConfigFile.Calendar) is not { } json)
        {
            return null;
        }

        var (calendar, places) = CalendarConfig.Read(json);
        CalendarRules.Check(calendar, places, devices);
        return calendar;
    }

    private (IReadOnlyList<StateRuleConfig> Rules, NameIndex<StateRuleConfig> Index) ReadStateRules()
    {
        var json = ReadJson(ConfigFile.StateRules);
        var isWhole = json is not null || files(ConfigFile.StateRules).State == SourceFileState.Absent;
        var index = new NameIndex<StateRuleConfig>(("状态规则", "state rule"), ConfigFile.StateRules.Name, isWhole);
        List<StateRuleConfig> rules = [];
        foreach (var (rule, place) in json is null ? [] : StateRuleConfig.ReadAll(json))
        {
            rules.Add(rule);
            index.Add(place["name"], rule);
        }

        return (rules, index);
    }

    private JsonSection? ReadJson(ConfigFile file) => JsonFile.Read(files(file), findings);

    private (IReadOnlyList<Placed<T>> Rows, bool IsWhole) ReadTable<T>(
        ConfigFile file, IReadOnlyList<CsvColumn> columns, Func<CsvRow, T> read)
    {
        var table = CsvTable.Read(files(file), columns, findings);
        return ([.. table.Rows.Select(row => new Placed<T>(read(row), row))], table.IsWhole);
    }

    private static List<T> Values<T>(IReadOnlyList<Placed<T>> rows) => [.. rows.Select(row => row.Value)];
}

using System.Text;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration;

/// <summary>config/README.md names every setting, with the default that is in force.</summary>
public sealed class ConfigReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(TestFolders.Example, "README.md"));

    public static TheoryData<string> Columns() =>
    [
        .. from table in (IReadOnlyList<CsvColumn>[])
            [
                EdgeAgent.Configuration.Columns.Devices.All, EdgeAgent.Configuration.Columns.Tags.All,
                EdgeAgent.Configuration.Columns.Products.All, EdgeAgent.Configuration.Columns.Entries.All,
                EdgeAgent.Configuration.Columns.WorkUnits.All, EdgeAgent.Configuration.Columns.Meters.All,
            ]
           from column in table
           select $"| `{column.Name}` | {column.Aliases[0]} |",
    ];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_column_is_explained_under_its_Chinese_heading(string row) =>
        Assert.Contains(Lines, line => line.StartsWith(row, StringComparison.Ordinal));

    [Fact]
    public void Every_key_is_explained()
    {
        var missing = Keys().Where(key => !Lines.Any(line => line.Contains($"`{key}`", StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("segmentBytes", "64MiB")]
    [InlineData("commitInterval", "200ms")]
    [InlineData("commitBytes", "256KiB")]
    [InlineData("retentionBytes", "1536MiB")]
    [InlineData("retentionAge", "30d")]
    [InlineData("budgetBytes", "2GiB")]
    public void Defaults_of_the_journal_are_those_in_force(string key, string stated)
    {
        var journal = JournalConfig.Default;
        var inForce = key switch
        {
            "segmentBytes" => SizeText.Format(journal.SegmentBytes),
            "commitInterval" => DurationText.Format(journal.CommitInterval),
            "commitBytes" => SizeText.Format(journal.CommitBytes),
            "retentionBytes" => SizeText.Format(journal.RetentionBytes),
            "retentionAge" => DurationText.Format(journal.RetentionAge),
            _ => SizeText.Format(journal.BudgetBytes),
        };

        Assert.Equal(stated, inForce);
        Assert.Contains(Lines, line => line.Contains($"`{key}`", StringComparison.Ordinal) &&
            line.Contains($"| {stated} |", StringComparison.Ordinal));
    }

    [Fact]
    public void Units_of_the_table_are_listed()
    {
        var text = string.Join(' ', Lines).Replace("。", " ", StringComparison.Ordinal);
        var missing = Enum.GetValues<Quantity>()
            .SelectMany(UnitTable.SymbolsOf)
            .Where(symbol => !text.Contains($" {symbol} ", StringComparison.Ordinal) &&
                !text.Contains($"：{symbol} ", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static List<string> Keys()
    {
        List<string> keys = [];
        Collect(section => AgentConfig.Read(section));
        Collect(section => EndpointConfig.Read(section));
        Collect(section => EndpointLimitsConfig.Read(section));
        Collect(section => OpcUaIdentityConfig.Read(section));
        Collect(section => JournalConfig.Read(section));
        Collect(section => MqttConfig.Read(section));
        Collect(section => TlsConfig.Read(section));
        Collect(section => TimeSeriesConfig.Read(section));
        Collect(section => WebConfig.Read(section));
        Collect(section => CalendarConfig.Read(section));
        Collect(section => ShiftConfig.Read(section));
        Collect(section => PlannedDowntimeConfig.Read(section));
        Collect(section => StateRuleConfig.ReadAll(section));
        Collect(section => KpiParametersConfig.Read(section));
        return keys;

        void Collect(Action<JsonSection> read)
        {
            var file = new SourceFile("t.json", Encoding.UTF8.GetBytes("{ }"), SourceFileState.Present);
            var section = JsonFile.Read(file, new Findings())!;
            read(section);
            Assert.NotEmpty(section.Known);
            keys.AddRange(section.Known);
        }
    }
}

using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi.Numbers;
using Column = EdgeAgent.Configuration.Columns.Products;

namespace EdgeAgent.Configuration;

/// <summary>A row of products.csv.</summary>
internal sealed record ProductConfig
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Planned run time in seconds an item (ISO 22400 PRI), exact: "45", "2.5" or "100/3".</summary>
    public required Fraction PlannedRunTime { get; init; }

    public static ProductConfig Read(CsvRow row) => new()
    {
        Id = row[Column.Product].Id("part-a"),
        Name = row[Column.Name].Required("支架 A").Line(),
        PlannedRunTime = ReadSeconds(row[Column.PlannedRunTime].Required("45")),
    };

    private static Fraction ReadSeconds(Field field)
    {
        var text = field.Line(maxLength: Fraction.MaxTextLength, example: "45");
        if (text.Length == 0)
        {
            return Fraction.One;
        }

        if (Fraction.TryParse(text, out var seconds) && seconds > Fraction.Zero)
        {
            return seconds;
        }

        field.Error(
            field.Not(("每件秒数", "a number of seconds an item")),
            ("大于 0 的小数或分数，例如 45、2.5、100/3", "a decimal or fraction above 0, like 45, 2.5 or 100/3"));
        return Fraction.One;
    }
}

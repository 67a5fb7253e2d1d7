using EdgeAgent.Configuration.Reading;
using Column = EdgeAgent.Configuration.Columns.Entries;

namespace EdgeAgent.Configuration;

/// <summary>A row of entries.csv: a figure that a person entered, with the document behind it.</summary>
internal sealed record EntryConfig
{
    // The largest sum a form has room for.
    private const decimal MaxValue = 1_000_000_000_000_000m;

    /// <summary>Catalogue id, perhaps with "/" and a series.</summary>
    public required string Indicator { get; init; }

    public required PlantTime? From { get; init; }

    /// <summary>First instant after the period.</summary>
    public required PlantTime? To { get; init; }

    public required decimal Value { get; init; }

    public required string Unit { get; init; }

    public required string Document { get; init; }

    public required string EnteredBy { get; init; }

    public required PlantTime? EnteredAt { get; init; }

    /// <summary>The document of the entry that this one replaces, or empty.</summary>
    public required string Supersedes { get; init; }

    public static EntryConfig Read(CsvRow row)
    {
        var indicator = Indicators.Read(row[Column.Indicator].Required("工业总产值"));
        var unit = row[Column.Unit].Required("万元").Line();
        if (indicator is { } known && unit.Length > 0 && !known.Units.Contains(unit))
        {
            row[Column.Unit].Error(
                ($"：{known.Id} 不能用 {Quoted.Of(unit)}", $"cannot be {Quoted.Of(unit)} for {known.Id}"),
                string.Join(", ", known.Units));
        }

        return new EntryConfig
        {
            Indicator = indicator?.Id ?? "",
            From = row[Column.From].Required("2026-09-01").LocalTime("2026-09-01"),
            To = row[Column.To].Required("2026-10-01").LocalTime("2026-10-01"),
            Value = row[Column.Value].Required("1234.5").Decimal(0, 0, MaxValue),
            Unit = unit,
            Document = row[Column.Document].Required("B204-1 2026-09").Line(),
            EnteredBy = row[Column.EnteredBy].Required("王芳").Line(),
            EnteredAt = row[Column.EnteredAt].Required("2026-10-08").LocalTime("2026-10-08"),
            Supersedes = row[Column.Supersedes].Line(),
        };
    }
}

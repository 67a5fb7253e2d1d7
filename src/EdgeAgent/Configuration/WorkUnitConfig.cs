using EdgeAgent.Configuration.Reading;
using Column = EdgeAgent.Configuration.Columns.WorkUnits;

namespace EdgeAgent.Configuration;

/// <summary>
/// A row of kpi/work-units.csv: the tags that tell a machine's states and counts. Empty where there is none.
/// </summary>
internal sealed record WorkUnitConfig
{
    /// <summary>Readings of this size or more are refused by the engine, so no counter rolls over there.</summary>
    public const long MaxModulus = 1L << 61;

    public required string Device { get; init; }

    public required string StateTag { get; init; }

    public required string StateRule { get; init; }

    public required string ProducedTag { get; init; }

    public required string GoodTag { get; init; }

    public required string ScrapTag { get; init; }

    public required string ReworkTag { get; init; }

    public required string ReworkScrapTag { get; init; }

    /// <summary>Where the counters roll over; null where they never do.</summary>
    public required long? CounterModulus { get; init; }

    public required string Product { get; init; }

    public required string ProductTag { get; init; }

    public static WorkUnitConfig Read(CsvRow row) => new()
    {
        Device = row[Column.Device].Required("cnc1").Line(),
        StateTag = row[Column.StateTag].Line(),
        StateRule = row[Column.StateRule].Line(),
        ProducedTag = row[Column.ProducedTag].Line(),
        GoodTag = row[Column.GoodTag].Line(),
        ScrapTag = row[Column.ScrapTag].Line(),
        ReworkTag = row[Column.ReworkTag].Line(),
        ReworkScrapTag = row[Column.ReworkScrapTag].Line(),
        CounterModulus = row[Column.CounterModulus].IsMissing
            ? null
            : row[Column.CounterModulus].LongInteger(65_536, 2, MaxModulus),
        Product = row[Column.Product].Line(),
        ProductTag = row[Column.ProductTag].Line(),
    };
}

using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;
using Column = EdgeAgent.Configuration.Columns.Meters;

namespace EdgeAgent.Configuration;

/// <summary>A row of kpi/meters.csv: a cumulative meter of one carrier.</summary>
internal sealed record MeterConfig
{
    // kgce per unit; the greatest in GB/T 2589 is some 1,757 (LNG, a tonne), and units may be tens of thousands.
    private const decimal MaxCoefficient = 100_000_000m;

    private const decimal MaxModulus = 1_000_000_000_000_000m;

    private static readonly Choices<MeterFlow> Flows = new(
        (MeterFlow.Purchased, ["purchased", "购入"]),
        (MeterFlow.Generated, ["generated", "自产"]),
        (MeterFlow.Exported, ["exported", "外供"]));

    public required string Id { get; init; }

    public required string Tag { get; init; }

    /// <summary>Null if the cell names none; then there is an error.</summary>
    public required EnergyCarrier? Carrier { get; init; }

    public required MeterFlow Flow { get; init; }

    /// <summary>Where the reading rolls over, in the tag's unit; null where it never does.</summary>
    public required decimal? Modulus { get; init; }

    /// <summary>The meter that contains this one; empty for a main meter.</summary>
    public required string Parent { get; init; }

    /// <summary>kgce per unit of the tag; null for a medium that is no energy.</summary>
    public required decimal? Coefficient { get; init; }

    /// <summary>Null where both bases agree.</summary>
    public required CoalBasis? Basis { get; init; }

    /// <summary>Where the coefficient comes from, as printed on the calculation sheet.</summary>
    public required string Source { get; init; }

    public static MeterConfig Read(CsvRow row)
    {
        var carrier = EnergyCarriers.Read(row[Column.Carrier].Required("electricity"));
        var coefficient = row[Column.Coefficient];
        var basis = row[Column.Basis];
        var source = row[Column.Source];
        if (!coefficient.IsMissing)
        {
            source.Required("GB/T 2589-2020");
            if (carrier?.NeedsBasis == true)
            {
                basis.Required("calorific");
            }
        }
        else
        {
            if (carrier?.IsEnergy == true)
            {
                coefficient.Error(
                    ($"缺失：{carrier.Chinese}要折算成标准煤", $"is missing: {carrier.Id} has to become standard coal"),
                    carrier.Id == "electricity"
                        ? "0.1229 (kgce/kWh, calorific, GB/T 2589-2020)"
                        : ("每单位多少 kgce，并写明 source", "kgce per unit, with its source"));
            }

            if (!basis.IsMissing)
            {
                basis.Error(("没有配 coefficient", "without a coefficient"), ("留空", "leave it empty"));
            }
        }

        return new MeterConfig
        {
            Id = row[Column.Meter].Id("main-power"),
            Tag = row[Column.Tag].Required("main.energy").Line(),
            Carrier = carrier,
            Flow = row[Column.Flow].Choice(MeterFlow.Purchased, Flows),
            Modulus = row[Column.Modulus].IsMissing ? null : ReadPositive(row[Column.Modulus], MaxModulus, "1000000"),
            Parent = row[Column.Parent].Line(),
            Coefficient = coefficient.IsMissing ? null : ReadPositive(coefficient, MaxCoefficient, "0.1229"),
            Basis = basis.IsMissing ? null : basis.Choice(CoalBasis.Calorific, CoalBases.Words),
            Source = source.Line(),
        };
    }

    private static decimal ReadPositive(Field field, decimal max, string example)
    {
        var value = field.Decimal(1, -max, max);
        if (value <= 0)
        {
            field.Error(("必须大于 0", "must be above 0"), example);
        }

        return value;
    }
}

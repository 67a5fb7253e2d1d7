using System.Globalization;
using System.Text;
using CsCheck;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Kpi;

/// <summary>
/// Random hours of a small plant: two machines, one with a product tag, and a meter, with everything that goes wrong.
/// </summary>
internal static class Script
{
    public static readonly KpiModel Plant = Build();

    private static readonly string[] Tags = [.. Plant.Tags.Select(tag => tag.Id)];

    private static readonly Gen<StatusCode> Status = Gen.Frequency(
        (12, Gen.Const(StatusCode.Good)), (2, Gen.Const(StatusCode.Uncertain)), (1, Gen.Const(StatusCode.BadTimeout)));

    /// <summary>What happens next, and how long after what came before.</summary>
    public readonly record struct Step(int Tag, long Advance, long Value, StatusCode Status);

    public static Gen<Step[]> Hours(int count) => Gen.Select(
        Gen.Int[-1, Tags.Length - 1], Gen.OneOf(Gen.Long[0, 20_000_000], Gen.Long[0, 200].Select(s => s * 1_000_000)),
        Gen.Long[0, 120], Status, (tag, advance, value, status) => new Step(tag, advance, value, status)).Array[count];

    /// <summary>The steps as records of a journal; a tag of -1 is a gap that ends here.</summary>
    public static List<Action<KpiRun>> Records(IEnumerable<Step> steps)
    {
        var records = new List<Action<KpiRun>>();
        var time = UtcTime.From(Some.At(6)).Microseconds;
        var counters = new long[Tags.Length];
        foreach (var step in steps)
        {
            time += step.Advance;
            var at = UtcTime.FromMicroseconds(time);
            if (step.Tag < 0)
            {
                var from = UtcTime.FromMicroseconds(time - (step.Advance / 2));
                var scope = step.Value % 3 == 0 ? Gap.Everything : step.Value % 3 == 1 ? "m1" : "line";
                records.Add(run => run.Engine.Process(new Gap(scope, from, at, GapCause.SourceOffline)));
                continue;
            }

            var bits = Bits(step, counters);
            records.Add(run => run.Add(Tags[step.Tag], at, bits, step.Status));
        }

        return records;
    }

    /// <summary>Every figure over a set of periods, all fields, as text.</summary>
    public static string Figures(KpiRun run, params (double From, double To)[] hours)
    {
        var text = new StringBuilder();
        foreach (var (from, to) in hours)
        {
            foreach (var kpi in KpiCatalogue.All)
            {
                Append(text, run.Compute(kpi, Some.At(from), Some.At(to)));
                Append(text, run.Compute(kpi, KpiScope.Device("m1"), Some.At(from), Some.At(to)));
            }
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, KpiResult result)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"{result.Kpi.Id} {result.Scope} {result.Period}\n  {result.Value}\n");
        foreach (var part in result.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {part}\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"  {result.Status} {result.Flags} {result.Coverage} {result.Inputs}\n");
        text.AppendJoin('\n', result.Reasons).Append('\n');
    }

    // Counters mostly rise; now and then they roll over, restart or tremble.
    private static long Bits(Step step, long[] counters)
    {
        var id = Tags[step.Tag];
        if (id.EndsWith("state", StringComparison.Ordinal))
        {
            return step.Value % 6;
        }

        if (id.EndsWith("product", StringComparison.Ordinal))
        {
            return step.Value % 3;
        }

        ref var counter = ref counters[step.Tag];
        counter = step.Value == 0 ? 0 : (counter + (step.Value / 10)) % 1_000;
        return id.EndsWith("kwh", StringComparison.Ordinal)
            ? Sample.BitsOf((counter / 7.0) - (step.Value % 4 == 1 ? 0.004 : 0))
            : counter;
    }

    private static KpiModel Build()
    {
        var interval = TimeSpan.FromSeconds(60);
        var machines = Some.Machines(["m0", "m1"], "7/3", interval);
        return machines with
        {
            Calendar = Some.RoundTheClock with
            {
                PlannedDowntime = [new(UtcTime.From(Some.At(8)), UtcTime.From(Some.At(8, 20)), ["m1"])],
            },
            Tags =
            [
                .. machines.Tags, Some.Tag("m1", "product", interval),
                Some.Tag("m1", "kwh", interval, ValueKind.Float64) with { Decimals = 2 },
            ],
            WorkUnits =
            [
                machines.WorkUnits[0] with { CounterModulus = 1_000 },
                machines.WorkUnits[1] with { ProductId = null, ProductTag = "m1.product" },
            ],
            Products = [new("p", "", 2_000_000), new("0", "", 1_500_000),
                new("1", "", Some.Seconds("1/3")), new("2", "", 9)],
            Meters =
            [
                new EnergyMeter
                {
                    Id = "kwh",
                    Tag = "m1.kwh",
                    Carrier = "electricity",
                    Coefficients = [new(0.1229m, null, "")],
                },
            ],
            Entries =
            [
                new ValueEntry
                {
                    Indicator = ValueEntry.OutputValue,
                    From = UtcTime.From(Some.At(6)),
                    To = UtcTime.From(Some.At(12)),
                    Value = 3,
                    Unit = "万元",
                },
            ],
            Parameters = new()
            {
                MicroStop = TimeSpan.FromMinutes(2),
                EvidenceWindow = TimeSpan.FromHours(4),
            },
        };
    }
}

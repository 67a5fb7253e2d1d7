using EdgeAgent.Configuration;
using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Kpi.Numbers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Configuration;

public sealed class ModelBuilderTests
{
    private static readonly PlantConfig Plant = ConfigFolder.Load(TestFolders.Example).Config!;
    private static readonly KpiModel Model = ModelBuilder.Kpi(Plant);

    [Fact]
    public void Tags_keep_the_order_of_the_point_table()
    {
        var tags = ModelBuilder.Tags(Plant);

        Assert.Equal(Plant.Tags.Select(tag => tag.Id), tags.Tags.ToArray().Select(tag => tag.Id));
        Assert.Equal(tags.Tags.ToArray(), Model.Tags.ToArray());
    }

    [Theory]
    [InlineData("cnc1.parts", ValueKind.Int64, 0)]
    [InlineData("kiln1.temperature", ValueKind.Float64, 1)]
    [InlineData("power.energy", ValueKind.Float64, 2)]
    [InlineData("press1.force", ValueKind.Float64, 1)]
    [InlineData("press1.running", ValueKind.Boolean, 0)]
    [InlineData("cnc1.program", ValueKind.Text, 0)]
    public void A_counter_stays_an_integer_and_a_scaled_one_has_the_decimals_of_its_scale(
        string id, ValueKind kind, int decimals)
    {
        var tags = ModelBuilder.Tags(Plant);

        var tag = tags[tags.IndexOf(id)];

        Assert.Equal((kind, decimals), (tag.Kind, tag.Decimals));
    }

    [Fact]
    public void Planned_run_times_become_exact_microseconds()
    {
        Assert.Equal(new Fraction(90_000_000),
            Model.Products.Single(product => product.Id == "FLANGE-60").PlannedRunTime);
        Assert.Equal(new Fraction(18_500_000),
            Model.Products.Single(product => product.Id == "BRICK-A").PlannedRunTime);
    }

    [Fact]
    public void A_date_alone_is_the_beginning_of_that_production_day()
    {
        var entry = Model.Entries[0];

        Assert.Equal(ValueEntry.OutputValue, entry.Indicator);
        Assert.Equal("2026-09-01T00:00:00.0000000Z", entry.From.ToString());
        Assert.Equal("2026-10-01T00:00:00.0000000Z", entry.To.ToString());
        Assert.Equal("2026-10-08T01:30:00.0000000Z", entry.EnteredAt.ToString());
    }

    [Fact]
    public void Shifts_and_downtime_keep_plant_time()
    {
        var night = Model.Calendar.Shifts.Single(shift => shift.Name == "夜班");
        var downtime = Assert.Single(Model.Calendar.PlannedDowntime);

        Assert.Equal((new TimeOnly(20, 0), new TimeOnly(8, 0), 5), (night.Start, night.End, night.Days.Length));
        Assert.Equal("2026-11-16T00:00:00.0000000Z", downtime.From.ToString());
        Assert.Equal(["kiln1"], downtime.Devices.ToArray());
    }

    [Fact]
    public void Empty_cells_become_none()
    {
        var press = Model.WorkUnits.Single(unit => unit.DeviceId == "press1");
        var lathe = Model.Ledger.Single(device => device.Id == "lathe1");
        var water = Model.Meters.Single(meter => meter.Tag == "water.volume");

        Assert.Null(press.GoodTag);
        Assert.Equal(65_536, press.CounterModulus);
        Assert.Null(lathe.Source);
        Assert.Empty(water.Coefficients);
    }

    [Fact]
    public void Meters_carry_their_coefficient_with_its_basis_and_source()
    {
        var power = Model.Meters.Single(meter => meter.Tag == "power.energy");

        Assert.Equal("electricity", power.Carrier);
        Assert.Equal([new CoalCoefficient(0.1229m, CoalBasis.Calorific, "GB/T 2589-2020 附录A")],
            power.Coefficients.ToArray());
    }

    [Fact]
    public void Default_parameters_are_those_of_the_engine()
    {
        using var folder = new TestFolder();
        File.Delete(folder.At("kpi/parameters.json"));

        Assert.Equal(new KpiParameters(), ModelBuilder.Kpi(folder.Load().Config!).Parameters);
    }

    [Theory]
    [InlineData("2026-03-08T02:30", "2026-03-08T07:30:00.0000000Z")] // Does not exist: the offset before the change.
    [InlineData("2026-11-01T01:30", "2026-11-01T05:30:00.0000000Z")] // Exists twice: the first.
    [InlineData("2026-07-01T12:00", "2026-07-01T16:00:00.0000000Z")]
    [InlineData("1970-01-01", "1970-01-01T13:00:00.0000000Z")]
    [InlineData("2199-12-31T23:59", "2200-01-01T04:59:00.0000000Z")]
    public void Local_times_around_clock_changes_are_decided(string local, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Assert.True(PlantTime.TryParse(local, out var time));

        var instant = new PlantClock(zone, new TimeOnly(8, 0)).At(time).ToString();

        Assert.Equal(expected, instant);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("1969-12-31")]
    [InlineData("2026-02-29")]
    [InlineData("2026-10-01T24:00")]
    public void Times_that_no_plan_can_mean_are_refused(string local) => Assert.False(PlantTime.TryParse(local, out _));
}

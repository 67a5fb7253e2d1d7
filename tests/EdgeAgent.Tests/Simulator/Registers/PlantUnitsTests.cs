using System.Buffers.Binary;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Tests.Simulator.Registers;

public sealed class PlantUnitsTests
{
    private static readonly PlantScript Script = new(1);
    private static readonly IReadOnlyList<UnitImage> Units = PlantUnits.Of(Script);

    [Fact]
    public void The_plant_offers_more_than_two_hundred_points_of_every_type()
    {
        var points = Units.SelectMany(unit => unit.Points).ToArray();
        Assert.InRange(points.Length, 200, 1_000);
        Assert.Equal(Enum.GetValues<PointType>(), points.Select(point => point.Type).Distinct().Order());
        Assert.Equal(Enum.GetValues<ModbusFunction>(), points.Select(point => point.Table).Distinct().Order());
        Assert.Contains(points, point => point.Bit is not null);
    }

    [Fact]
    public void Points_of_a_unit_have_their_own_names_and_their_own_places()
    {
        foreach (var unit in Units)
        {
            Assert.Distinct(unit.Points.Select(point => point.Name));
            Assert.Distinct(
                from point in unit.Points
                from offset in Enumerable.Range(0, point.Length)
                select (point.Table, point.Address + offset, point.Bit));
            Assert.Empty(
                from bit in unit.Points
                from whole in unit.Points
                where bit.Bit is not null && whole.Bit is null && bit.Table == whole.Table
                    && whole.Address <= bit.Address && bit.Address < whole.Address + whole.Length
                select bit.Name);
        }
    }

    [Fact]
    public void Integers_fit_their_registers_at_all_times()
    {
        for (var time = 0L; time < 6 * PlantTime.Hour; time += 977 * PlantTime.Second / 10)
        {
            foreach (var unit in Units)
            {
                var moment = unit.At(time);
                foreach (var point in unit.Points.Where(point => point.Value is not null))
                {
                    var raw = point.Value!(moment) - (point.Offset * (long)Math.Pow(10, point.Decimals));
                    var isCounter = point.Unit == "件"; // Counters roll over.
                    Assert.True(isCounter || Fits(point.Type, raw), $"{unit.Device.Id}.{point.Name} = {raw}");
                }
            }
        }
    }

    [Fact]
    public void A_counter_of_sixteen_bits_rolls_over_within_the_first_ten_minutes()
    {
        var machine = Script.Machines.Single(machine => machine.Id == "cnc1");
        var first = machine.Definition.FirstCounts.Produced;
        Assert.True(first < 65_536);
        Assert.True(first + machine.At(10 * PlantTime.Minute).Counts.Produced > 65_536);
        var supply = Script.Meters.Single(meter => meter.Id == "em0");
        Assert.True(supply.RegisterAt(10 * PlantTime.Minute) < supply.RegisterAt(0));
    }

    [Fact]
    public void A_refresh_writes_what_the_request_touches_and_nothing_else()
    {
        var unit = Units.Single(unit => unit.Device.Id == "kiln1");
        var table = ModbusFunction.ReadHoldingRegisters;
        var tables = new ModbusTables(8, 8, unit.Size(table), 32);

        unit.Refresh(tables, table, address: 3, quantity: 1, PlantTime.Minute); // The second half of a counter.

        var kiln = Script.Machines.Single(machine => machine.Id == "kiln1");
        var produced = kiln.Definition.FirstCounts.Produced + kiln.At(PlantTime.Minute).Counts.Produced;
        var bytes = new byte[12];
        tables.Read(table, 0, 6, bytes);
        Assert.Equal(0, bytes[1]); // The state was not asked for.
        Assert.Equal((uint)produced, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
        Assert.Equal([0, 0, 0, 0], bytes[8..]);
    }

    [Fact]
    public void Forming_the_values_of_a_reply_allocates_nothing()
    {
        foreach (var unit in Units)
        {
            var sum = 0L;
            var allocated = AllocatedBytes.Of(() =>
            {
                for (var second = 0; second < 200; second++)
                {
                    sum += ValuesAt(unit, second * PlantTime.Second);
                }
            });

            Assert.Equal(0, allocated);
            Assert.NotEqual(0, sum);
        }
    }

    private static long ValuesAt(UnitImage unit, long time)
    {
        var moment = unit.At(time);
        var sum = 0L;
        for (var i = 0; i < unit.Points.Count; i++)
        {
            sum += unit.Points[i].Value?.Invoke(moment) ?? 1;
        }

        return sum;
    }

    private static bool Fits(PointType type, long raw) => type switch
    {
        PointType.Bool => raw is 0 or 1,
        PointType.Int16 => raw is >= short.MinValue and <= short.MaxValue,
        PointType.UInt16 => raw is >= 0 and <= ushort.MaxValue,
        PointType.Int32 => raw is >= int.MinValue and <= int.MaxValue,
        PointType.UInt32 => raw is >= 0 and <= uint.MaxValue,
        PointType.Int64 => true,
        PointType.UInt64 => raw >= 0,
        PointType.Bcd16 => raw is >= 0 and <= 9_999,
        PointType.Bcd32 => raw is >= 0 and <= 99_999_999,
        PointType.Float64 => Math.Abs(raw) < 1L << 53,
        _ => Math.Abs(raw) < 1 << 24, // A float32 holds it to its last place.
    };
}

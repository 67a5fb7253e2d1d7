using CsCheck;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Planning;

namespace EdgeAgent.Tests.Modbus.Planning;

public sealed class ReadPlannerTests
{
    private const ModbusFunction Holding = ModbusFunction.ReadHoldingRegisters;

    private static readonly Gen<AddressRange> SmallPoint =
        from function in Gen.Int[1, 4]
        from address in Gen.Int[0, 60]
        from quantity in Gen.Int[1, 4]
        select new AddressRange((ModbusFunction)function, address, quantity);

    private static readonly Gen<PlanLimits> SmallLimits =
        from registers in Gen.Int[4, 20]
        from bits in Gen.Int[4, 30]
        from gap in Gen.Int[0, 6]
        from forbidden in SmallPoint.Array[0, 3]
        select new PlanLimits { MaxRegisters = registers, MaxBits = bits, MaxGap = gap, Forbidden = forbidden };

    [Fact]
    public void Neighbours_share_a_request_and_a_gap_is_bridged_up_to_the_limit()
    {
        AddressRange[] points = [new(Holding, 20, 2), new(Holding, 0, 2), new(Holding, 2, 1), new(Holding, 11, 4)];
        var plan = ReadPlanner.Plan(points, new() { MaxGap = 8 });
        Assert.Equal([new(Holding, 0, 22)], plan.Blocks.Select(block => block.Range));
        Assert.Equal(
            [new(Holding, 0, 3), new(Holding, 11, 11)],
            ReadPlanner.Plan(points, new() { MaxGap = 7 }).Blocks.Select(block => block.Range));
    }

    [Fact]
    public void A_value_of_several_registers_is_never_split()
    {
        var points = Enumerable.Range(0, 100).Select(i => new AddressRange(Holding, i * 2, 2)).ToArray();
        var plan = ReadPlanner.Plan(points, new());
        Assert.Equal([124, 76], plan.Blocks.Select(block => block.Range.Quantity));
    }

    [Fact]
    public void A_point_that_no_request_may_read_is_named()
    {
        AddressRange[] points =
            [new(Holding, 10, 2), new(Holding, 65_535, 2), new(Holding, 0, 126), new(Holding, 20, 1)];
        var plan = ReadPlanner.Plan(points, new() { Forbidden = [new(Holding, 11, 1)] });
        Assert.Equal([0, 1, 2], plan.Unreadable);
        Assert.Equal([new(Holding, 20, 1)], plan.Blocks.Select(block => block.Range));
    }

    [Fact]
    public void Every_point_is_read_once_within_all_limits() =>
        Gen.Select(SmallPoint.Array[0, 40], SmallLimits).Sample((points, limits) =>
        {
            var plan = ReadPlanner.Plan(points, limits);
            var read = new List<int>(plan.Unreadable);
            foreach (var block in plan.Blocks)
            {
                var members = plan.PointsOf(block).ToArray();
                read.AddRange(members);
                var covered = members.Select(member => points[member]).ToArray();
                Assert.All(covered, point => Assert.True(
                    point.Function == block.Range.Function && point.Address >= block.Range.Address
                    && point.End <= block.Range.End));
                Assert.Equal(covered.Min(point => point.Address), block.Range.Address);
                Assert.Equal(covered.Max(point => point.End), block.Range.End);
                Assert.True(IsAllowed(covered, limits));
            }

            Assert.Equal(Enumerable.Range(0, points.Length), read.Order());
            Assert.All(plan.Unreadable, index => Assert.False(IsAllowed([points[index]], limits)));
        });

    [Fact]
    public void No_plan_with_fewer_requests_exists() =>
        Gen.Select(SmallPoint.Array[0, 7], SmallLimits).Sample((points, limits) =>
        {
            var plan = ReadPlanner.Plan(points, limits);
            var readable = plan.Order.Select(index => points[index]).ToArray();
            Assert.Equal(FewestGroups(readable, limits), plan.Blocks.Length);
        });

    [Fact]
    public void Cuts_and_holes_are_respected()
    {
        AddressRange[] points = [new(Holding, 0, 2), new(Holding, 2, 2), new(Holding, 4, 2), new(Holding, 6, 2)];
        var obstacles = new LearnedObstacles();
        obstacles.AddCut(Holding, 2);
        obstacles.AddHole(new(Holding, 4, 2));
        var plan = ReadPlanner.Plan(points, new(), obstacles);
        Assert.Equal([new(Holding, 0, 2), new(Holding, 2, 2), new(Holding, 6, 2)], plan.Blocks.Select(b => b.Range));
        Assert.Equal([2], plan.Unreadable);
    }

    [Fact]
    public void A_block_splits_between_points_only()
    {
        AddressRange[] points = [new(Holding, 0, 4), new(Holding, 2, 1), new(Holding, 6, 1)];
        var plan = ReadPlanner.Plan(points, new());
        var block = Assert.Single(plan.Blocks);
        Assert.False(plan.TrySplit(block, 1, out _, out _));
        Assert.True(plan.TrySplit(block, 2, out var left, out var right));
        Assert.Equal((new(Holding, 0, 4), new AddressRange(Holding, 6, 1)), (left.Range, right.Range));
    }

    // By the definition, not by the planner's code: cover the addresses one by one.
    private static bool IsAllowed(AddressRange[] points, PlanLimits limits)
    {
        var function = points[0].Function;
        var from = points.Min(point => point.Address);
        var to = points.Max(point => point.End);
        var gap = 0;
        var widest = 0;
        for (var address = from; address < to; address++)
        {
            gap = points.Any(point => point.Address <= address && address < point.End) ? 0 : gap + 1;
            widest = Math.Max(widest, gap);
            if (limits.Forbidden.Any(range =>
                range.Function == function && range.Address <= address && address < range.End))
            {
                return false;
            }
        }

        return points.All(point => point.Function == function) && widest <= limits.MaxGap
            && to - from <= (function.ReadsBits ? limits.MaxBits : limits.MaxRegisters);
    }

    /// <summary>Tries every way to put the points into groups.</summary>
    private static int FewestGroups(AddressRange[] points, PlanLimits limits)
    {
        var best = points.Length;
        var groups = new List<List<AddressRange>>();
        Place(0);
        return best;

        void Place(int index)
        {
            if (groups.Count > best)
            {
                return;
            }

            if (index == points.Length)
            {
                best = groups.All(group => IsAllowed([.. group], limits)) ? Math.Min(best, groups.Count) : best;
                return;
            }

            for (var i = 0; i < groups.Count; i++)
            {
                groups[i].Add(points[index]);
                Place(index + 1);
                groups[i].RemoveAt(groups[i].Count - 1);
            }

            groups.Add([points[index]]);
            Place(index + 1);
            groups.RemoveAt(groups.Count - 1);
        }
    }
}

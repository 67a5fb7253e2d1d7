namespace EdgeAgent.Modbus.Planning;

/// <summary>
/// Points to the fewest requests. Pure.
/// <para>
/// A request is a stretch of one table. It contains its points whole, so that a value of several registers is never put
/// together from two moments; it is no longer than the device allows; the addresses between its points are never
/// forbidden and never more than <see cref="PlanLimits.MaxGap"/> in a row; and it crosses no cut.
/// </para>
/// <para>
/// Taking the points by rising address and putting each into the last request if it fits, else into a new one, gives the
/// fewest requests: the point that opens a request must be read by some request that begins at or before it, and no
/// request reaches further than one that begins as late as possible.
/// </para>
/// </summary>
public static class ReadPlanner
{
    /// <param name="points">What to read, in any order; points may share addresses.</param>
    /// <param name="limits">Of the device.</param>
    /// <param name="obstacles">What polling has learned about the device.</param>
    public static ReadPlan Plan(
        IReadOnlyList<AddressRange> points, PlanLimits limits, LearnedObstacles? obstacles = null)
    {
        var unreadable = new List<int>();
        var order = new List<int>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            (IsReadable(points[i], limits, obstacles) ? order : unreadable).Add(i);
        }

        order.Sort((left, right) => Compare(points[left], points[right], left, right));
        var blocks = new List<ReadBlock>();
        for (var position = 0; position < order.Count; position++)
        {
            var point = points[order[position]];
            if (blocks.Count > 0 && TryJoin(blocks[^1], point, limits, obstacles, out var joined))
            {
                blocks[^1] = joined;
            }
            else
            {
                blocks.Add(new(point, position, 1));
            }
        }

        return new(points, [.. order], [.. blocks], [.. unreadable]);
    }

    private static int Compare(in AddressRange left, in AddressRange right, int leftIndex, int rightIndex)
    {
        var byFunction = left.Function.CompareTo(right.Function);
        var byAddress = byFunction != 0 ? byFunction : left.Address.CompareTo(right.Address);
        return byAddress != 0 ? byAddress : leftIndex.CompareTo(rightIndex);
    }

    private static bool IsReadable(in AddressRange point, PlanLimits limits, LearnedObstacles? obstacles) =>
        point.Quantity >= 1 && point.Quantity <= limits.MaxQuantity(point.Function)
        && point.Address >= 0 && point.End <= ModbusFunctions.AddressCount
        && !Touches(limits.Forbidden, point)
        && !(obstacles is not null && Touches(obstacles.Holes, point));

    private static bool TryJoin(
        in ReadBlock block, in AddressRange point, PlanLimits limits, LearnedObstacles? obstacles, out ReadBlock joined)
    {
        var end = Math.Max(block.Range.End, point.End);
        var range = block.Range with { Quantity = end - block.Range.Address };
        joined = new(range, block.First, block.Count + 1);
        return point.Function == range.Function
            && range.Quantity <= limits.MaxQuantity(range.Function)
            && point.Address - block.Range.End <= limits.MaxGap
            && !Touches(limits.Forbidden, range)
            && !(obstacles is not null && (Touches(obstacles.Holes, range) || obstacles.Cuts(block.Range, point)));
    }

    private static bool Touches(IReadOnlyList<AddressRange> ranges, in AddressRange range)
    {
        for (var i = 0; i < ranges.Count; i++)
        {
            if (ranges[i].Overlaps(range))
            {
                return true;
            }
        }

        return false;
    }
}

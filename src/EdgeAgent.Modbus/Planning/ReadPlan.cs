namespace EdgeAgent.Modbus.Planning;

/// <summary>Which requests read a list of points.</summary>
/// <param name="Points">The list, in the caller's order.</param>
/// <param name="Order">Indexes into <paramref name="Points"/>: sorted, so that the points of a block are neighbours.</param>
/// <param name="Blocks">The requests, by function and address.</param>
/// <param name="Unreadable">
/// Indexes of points that no request may read: they touch a forbidden address, are larger than the device's limit, or
/// lie outside the address space.
/// </param>
public sealed record ReadPlan(
    IReadOnlyList<AddressRange> Points, int[] Order, ReadBlock[] Blocks, int[] Unreadable)
{
    /// <summary>The indexes of the points of a block.</summary>
    public ReadOnlySpan<int> PointsOf(in ReadBlock block) => Order.AsSpan(block.First, block.Count);

    /// <summary>
    /// The two requests that read the first <paramref name="leftCount"/> points of a block and the rest, or false where
    /// that would cut an address range two points share.
    /// </summary>
    public bool TrySplit(in ReadBlock block, int leftCount, out ReadBlock left, out ReadBlock right)
    {
        var end = 0;
        foreach (var point in Order.AsSpan(block.First, leftCount))
        {
            end = Math.Max(end, Points[point].End);
        }

        var next = Points[Order[block.First + leftCount]].Address;
        left = new(block.Range with { Quantity = end - block.Range.Address }, block.First, leftCount);
        right = new(
            block.Range with { Address = next, Quantity = block.Range.End - next },
            block.First + leftCount, block.Count - leftCount);
        return next >= end;
    }
}

using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Snapshots;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>The measures of one work unit: its time, and its items by product.</summary>
internal sealed class WorkUnitBook
{
    /// <summary>Products followed on one work unit. Those beyond share one lane without a planned run time.</summary>
    public const int ProductsMax = 256;

    /// <summary>
    /// Product changes remembered, so that a counter read a little earlier finds the product it was making.
    /// </summary>
    private const int ChangesKept = 64;

    /// <summary>States without a row in the mapping that are listed by name.</summary>
    private const int UnmappedKept = 16;

    /// <summary>The product of items made before anything told which; no product has this id.</summary>
    public const string UnknownProduct = "";

    private const string OtherProducts = "*";

    private readonly ProductionCalendar _calendar;
    private readonly List<string> _products = [];
    private readonly List<Timeline<CountMeasures>> _lanes = [];
    private readonly List<(long Time, int Lane)> _changes = [];
    private readonly SortedSet<string> _unmapped = new(StringComparer.Ordinal);

    public WorkUnitBook(WorkUnit unit, WorkPlan plan, ProductionCalendar calendar)
    {
        (Unit, Plan, _calendar) = (unit, plan, calendar);
        Time = new(calendar);
        LaneOf(unit.ProductId ?? UnknownProduct);
    }

    public WorkUnit Unit { get; }

    public WorkPlan Plan { get; }

    public Timeline<UnitMeasures> Time { get; }

    /// <summary>The latest count, in microseconds since the epoch.</summary>
    public long LastCountTime { get; private set; } = long.MinValue;

    public IReadOnlyCollection<string> Unmapped => _unmapped;

    public IEnumerable<(string Product, Timeline<CountMeasures> Counts)> Lanes =>
        _products.Zip(_lanes, (product, lane) => (product, lane));

    /// <summary>The product being made from this instant on.</summary>
    /// <returns>False if this is news for an instant behind which items were already counted.</returns>
    public bool TryChangeProduct(long time, string product)
    {
        var lane = LaneOf(product);
        var index = _changes.Count;
        while (index > 0 && _changes[index - 1].Time > time)
        {
            index--;
        }

        if ((index > 0 ? _changes[index - 1].Lane : 0) == lane)
        {
            return true;
        }

        if (index > 0 && _changes[index - 1].Time == time)
        {
            _changes[index - 1] = (time, lane);
        }
        else
        {
            _changes.Insert(index, (time, lane));
        }

        if (_changes.Count > ChangesKept)
        {
            _changes.RemoveAt(0);
        }

        return LastCountTime <= time;
    }

    /// <summary>Where a reading taken at this instant counts: with the product in force just before it.</summary>
    public ref CountMeasures CountsAt(long time)
    {
        LastCountTime = Math.Max(LastCountTime, time);
        var lane = 0;
        for (var i = _changes.Count - 1; i >= 0; i--)
        {
            if (_changes[i].Time < time || (i == 0 && _changes.Count == ChangesKept))
            {
                lane = _changes[i].Lane;
                break;
            }
        }

        return ref _lanes[lane].At(Minutes.OfReading(time));
    }

    public void ListUnmapped(string state)
    {
        if (_unmapped.Count < UnmappedKept)
        {
            _unmapped.Add(state);
        }
    }

    public void Write(SnapshotWriter writer)
    {
        Time.Write(writer);
        writer.Count(_products.Count);
        for (var i = 0; i < _products.Count; i++)
        {
            writer.Text(_products[i]);
            _lanes[i].Write(writer);
        }

        writer.Count(_changes.Count);
        foreach (var (time, lane) in _changes)
        {
            writer.Signed(time);
            writer.Count(lane);
        }

        writer.Signed(LastCountTime);
        writer.Count(_unmapped.Count);
        foreach (var state in _unmapped)
        {
            writer.Text(state);
        }
    }

    public void Read(ref SnapshotReader reader, int textBytesMax)
    {
        Time.Read(ref reader);
        _products.Clear();
        _lanes.Clear();
        var lanes = reader.Count(ProductsMax + 1);
        for (var i = 0; i < lanes; i++)
        {
            _products.Add(reader.Text(textBytesMax));
            _lanes.Add(new(_calendar));
            _lanes[i].Read(ref reader);
        }

        var changes = reader.Count(ChangesKept);
        for (var i = 0; i < changes; i++)
        {
            _changes.Add((reader.Signed(), reader.Count(lanes - 1)));
        }

        LastCountTime = reader.Signed();
        var unmapped = reader.Count(UnmappedKept);
        for (var i = 0; i < unmapped; i++)
        {
            _unmapped.Add(reader.Text(textBytesMax));
        }
    }

    private int LaneOf(string product)
    {
        var lane = _products.IndexOf(product);
        if (lane < 0 && _products.Count == ProductsMax)
        {
            product = OtherProducts;
            lane = _products.IndexOf(product);
        }

        if (lane < 0)
        {
            lane = _products.Count;
            _products.Add(product);
            _lanes.Add(new(_calendar));
        }

        return lane;
    }
}

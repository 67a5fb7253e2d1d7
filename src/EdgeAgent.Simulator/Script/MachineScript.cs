namespace EdgeAgent.Simulator.Script;

/// <summary>
/// One machine's script: a day of segments that repeats, with prefix sums, so that any instant costs a few binary
/// searches and any window a walk over its segments. Immutable.
/// </summary>
/// <remarks>
/// An item is finished at a point of the product's grid if the machine has then produced for a full cycle. The n-th
/// item of a day is scrap, rework or good by the seed; scrap and rework are kept as sorted lists of such numbers.
/// </remarks>
public sealed class MachineScript
{
    private const int StateCount = (int)MachineState.Maintenance + 1;

    private readonly MachineDefinition _definition;
    private readonly Segment[] _segments;

    // Per segment, what the day held before it.
    private readonly int[] _itemsBefore;
    private readonly long[] _timeBefore; // StateCount entries a segment, microseconds.

    private readonly int[] _scrap;
    private readonly int[] _rework;
    private readonly Counts _dayCounts;
    private readonly long[] _dayTime = new long[StateCount];

    internal MachineScript(MachineDefinition definition, Draw draw)
        : this(definition, MachineDay.Write(definition, draw), draw)
    {
    }

    internal MachineScript(MachineDefinition definition, Segment[] segments, Draw draw)
    {
        _definition = definition;
        _segments = segments;
        _itemsBefore = new int[segments.Length];
        _timeBefore = new long[segments.Length * StateCount];
        var items = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            _itemsBefore[i] = items;
            _dayTime.CopyTo(_timeBefore, i * StateCount);
            items += (int)ItemsIn(i, SegmentStart(i), SegmentEnd(i));
            _dayTime[(int)segments[i].State] += SegmentEnd(i) - SegmentStart(i);
        }

        (_scrap, _rework) = Inspect(items, draw);
        _dayCounts = new(items, _scrap.Length, _rework.Length);
    }

    public string Id => _definition.Id;

    internal MachineDefinition Definition => _definition;

    internal ReadOnlySpan<Segment> Segments => _segments;

    /// <summary>What the machine shows at a plant time.</summary>
    public MachineMoment At(long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var day = time / PlantTime.Day;
        var timeOfDay = time % PlantTime.Day;
        var i = SegmentAt(timeOfDay);
        var segment = _segments[i];
        var previous = _segments[i == 0 ? _segments.Length - 1 : i - 1];
        return new()
        {
            State = segment.State,
            PreviousState = previous.State,
            Elapsed = timeOfDay - SegmentStart(i),
            StateCode = _definition.Codes[segment.State][segment.Reason],
            ProductCode = _definition.Cycles[segment.Cycle].Product.Code,
            Counts = CountsAt(day, i, timeOfDay),
            ProductionTime = TimeIn(MachineState.Production, day, i, timeOfDay),
        };
    }

    internal MachineState StateAt(long time) => _segments[SegmentAt(time % PlantTime.Day)].State;

    /// <summary>Microseconds the machine has spent in a state since the plant's start.</summary>
    internal long TimeIn(MachineState state, long time)
    {
        var timeOfDay = time % PlantTime.Day;
        return TimeIn(state, time / PlantTime.Day, SegmentAt(timeOfDay), timeOfDay);
    }

    /// <summary>
    /// The true sums of [from, to): state times on [from, to) and within planned busy time, items finished in
    /// (from, to]. No item is finished on a whole minute, so for whole minutes the two readings are the same.
    /// </summary>
    internal MachineTruth TruthOf(long from, long to)
    {
        var planned = _definition.PlannedDowntime;
        Span<long> times = stackalloc long[StateCount];
        var products = new SortedDictionary<ushort, ProductTruth>();
        for (var day = from / PlantTime.Day; day * PlantTime.Day < to; day++)
        {
            var midnight = day * PlantTime.Day;
            for (var i = 0; i < _segments.Length; i++)
            {
                var start = Math.Max(from, midnight + SegmentStart(i));
                var end = Math.Min(to, midnight + SegmentEnd(i));
                if (start < end)
                {
                    times[(int)_segments[i].State] += end - start - (planned?.Overlap(start, end) ?? 0);
                    AddItems(products, i, start - midnight, end - midnight);
                }
            }
        }

        return new()
        {
            Machine = Id,
            PlannedBusyTime = to - from - (planned?.Overlap(from, to) ?? 0),
            ProductionTime = times[(int)MachineState.Production],
            SetupTime = times[(int)MachineState.Setup],
            DelayTime = times[(int)MachineState.Delay],
            DownTime = times[(int)MachineState.Down] + times[(int)MachineState.Maintenance],
            CountsRework = _definition.HasReworkCounter,
            Products = [.. products.Values],
        };
    }

    private void AddItems(SortedDictionary<ushort, ProductTruth> products, int segment, long from, long to)
    {
        var first = _itemsBefore[segment] + (int)ItemsIn(segment, SegmentStart(segment), from);
        var count = (int)ItemsIn(segment, from, to);
        if (count > 0)
        {
            var product = _definition.Cycles[_segments[segment].Cycle].Product;
            var counts = new Counts(
                count,
                Below(_scrap, first + count) - Below(_scrap, first),
                Below(_rework, first + count) - Below(_rework, first));
            var before = products.TryGetValue(product.Code, out var sum) ? sum.Counts : default;
            products[product.Code] = new(product, before + counts);
        }
    }

    private Counts CountsAt(long day, int segment, long timeOfDay)
    {
        var items = _itemsBefore[segment] + (int)ItemsIn(segment, SegmentStart(segment), timeOfDay);
        return new(
            (day * _dayCounts.Produced) + items,
            (day * _dayCounts.Scrap) + Below(_scrap, items),
            (day * _dayCounts.Rework) + Below(_rework, items));
    }

    private long TimeIn(MachineState state, long day, int segment, long timeOfDay)
    {
        var before = (day * _dayTime[(int)state]) + _timeBefore[(segment * StateCount) + (int)state];
        return _segments[segment].State == state ? before + timeOfDay - SegmentStart(segment) : before;
    }

    /// <summary>Items finished in (from, to], both within the segment, times of day.</summary>
    private long ItemsIn(int index, long from, long to)
    {
        var segment = _segments[index];
        if (segment.State != MachineState.Production)
        {
            return 0;
        }

        // The day's first segment continues its last one: its first item was begun the day before.
        var cycle = _definition.Cycles[segment.Cycle];
        var firstFinish = index == 0 ? 0 : SegmentStart(index) + cycle.Cycle;
        return cycle.GridPoints(Math.Max(from, firstFinish), to);
    }

    private int SegmentAt(long timeOfDay)
    {
        var second = (int)(timeOfDay / PlantTime.Second);
        var (low, high) = (0, _segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].FromSecond <= second ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private long SegmentStart(int index) => _segments[index].FromSecond * PlantTime.Second;

    private long SegmentEnd(int index) => index + 1 < _segments.Length ? SegmentStart(index + 1) : PlantTime.Day;

    /// <summary>How many of the sorted numbers are below the limit.</summary>
    private static int Below(int[] sorted, int limit)
    {
        var index = Array.BinarySearch(sorted, limit);
        return index < 0 ? ~index : index;
    }

    private (int[] Scrap, int[] Rework) Inspect(int items, Draw draw)
    {
        var scrap = new List<int>();
        var rework = new List<int>();
        for (var item = 0; item < items; item++)
        {
            var verdict = draw.Below(1000);
            if (verdict < _definition.ScrapPerMille)
            {
                scrap.Add(item);
            }
            else if (verdict < _definition.ScrapPerMille + _definition.ReworkPerMille)
            {
                rework.Add(item);
            }
        }

        return ([.. scrap], [.. rework]);
    }
}

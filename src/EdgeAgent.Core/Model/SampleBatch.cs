namespace EdgeAgent.Core.Model;

/// <summary>
/// Samples in columns, filled by one source from one poll or one publish response and read by many readers.
/// <para>
/// Owner: the source until it hands the batch over; then whoever holds a reference. <see cref="Retain"/> before giving
/// it to a second reader, <see cref="Release"/> when done; the last release returns it to its pool, after which nobody
/// may touch it. Rows may not change after the hand-over. Not safe for concurrent writing.
/// </para>
/// </summary>
public sealed class SampleBatch
{
    private readonly SampleBatchPool _pool;
    private readonly int[] _tagIndexes;
    private readonly UtcTime[] _sourceTimes;
    private readonly UtcTime[] _serverTimes;
    private readonly UtcTime[] _gatewayTimes;
    private readonly StatusCode[] _statuses;
    private readonly long[] _bits;
    private readonly List<string> _texts = [];
    private int _references;

    internal SampleBatch(SampleBatchPool pool, int capacity)
    {
        _pool = pool;
        _tagIndexes = new int[capacity];
        _sourceTimes = new UtcTime[capacity];
        _serverTimes = new UtcTime[capacity];
        _gatewayTimes = new UtcTime[capacity];
        _statuses = new StatusCode[capacity];
        _bits = new long[capacity];
    }

    /// <summary>Rows in use.</summary>
    public int Count { get; private set; }

    /// <summary>Rows the batch can hold.</summary>
    public int Capacity => _tagIndexes.Length;

    /// <summary>What the tag indexes refer to.</summary>
    public TagTable Tags { get; private set; } = TagTable.Empty;

    public BatchOrigin Origin { get; set; }

    /// <summary>Journal sequence number of the first row, later rows count on; -1 before it is durable.</summary>
    public long FirstSequence { get; set; } = -1;

    public ReadOnlySpan<int> TagIndexes => _tagIndexes.AsSpan(0, Count);

    public ReadOnlySpan<UtcTime> SourceTimes => _sourceTimes.AsSpan(0, Count);

    public ReadOnlySpan<UtcTime> ServerTimes => _serverTimes.AsSpan(0, Count);

    public ReadOnlySpan<UtcTime> GatewayTimes => _gatewayTimes.AsSpan(0, Count);

    public ReadOnlySpan<StatusCode> Statuses => _statuses.AsSpan(0, Count);

    /// <summary>Value bits, to be read by the <see cref="ValueKind"/> of the row's tag.</summary>
    public ReadOnlySpan<long> Bits => _bits.AsSpan(0, Count);

    /// <summary>Values of <see cref="ValueKind.Text"/> rows, which hold an index into this list.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public Sample this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return new(_tagIndexes[row], _sourceTimes[row], _serverTimes[row], _gatewayTimes[row], _statuses[row],
                _bits[row]);
        }
    }

    /// <summary>Adds a row. Numbers only; texts go through <see cref="AddText"/>.</summary>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Add(
        int tagIndex, UtcTime sourceTime, UtcTime serverTime, UtcTime gatewayTime, StatusCode status, long bits)
    {
        var row = Count;
        if ((uint)row >= (uint)_tagIndexes.Length)
        {
            throw new InvalidOperationException($"The batch is full at {row} rows.");
        }

        _tagIndexes[row] = tagIndex;
        _sourceTimes[row] = sourceTime;
        _serverTimes[row] = serverTime;
        _gatewayTimes[row] = gatewayTime;
        _statuses[row] = status;
        _bits[row] = bits;
        Count = row + 1;
    }

    public void Add(in Sample sample) => Add(
        sample.TagIndex, sample.SourceTime, sample.ServerTime, sample.GatewayTime, sample.Status, sample.Bits);

    /// <summary>Adds a row of a <see cref="ValueKind.Text"/> tag; null where nothing was read.</summary>
    public void AddText(
        int tagIndex, UtcTime sourceTime, UtcTime serverTime, UtcTime gatewayTime, StatusCode status, string? text)
    {
        Add(tagIndex, sourceTime, serverTime, gatewayTime, status, text is null ? -1 : _texts.Count);
        if (text is not null)
        {
            _texts.Add(text);
        }
    }

    /// <summary>The text of a row of a <see cref="ValueKind.Text"/> tag, or null.</summary>
    public string? TextAt(int row) => Bits[row] is var index and >= 0 ? _texts[(int)index] : null;

    /// <summary>One more reader holds the batch.</summary>
    public void Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            throw new InvalidOperationException("A batch was retained after its last release.");
        }
    }

    /// <summary>One reader fewer; the last one sends the batch back to its pool.</summary>
    public void Release()
    {
        var references = Interlocked.Decrement(ref _references);
        if (references == 0)
        {
            _pool.Return(this);
        }
        else if (references < 0)
        {
            throw new InvalidOperationException("A batch was released more often than it was retained.");
        }
    }

    internal void Rent(TagTable tags)
    {
        Tags = tags;
        Count = 0;
        Origin = BatchOrigin.Live;
        FirstSequence = -1;
        _texts.Clear();
        _references = 1;
    }
}

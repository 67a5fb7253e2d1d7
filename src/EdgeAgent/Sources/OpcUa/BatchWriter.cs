using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Fills batches and hands them over without waiting. What finds no room is released, counted, and told as one gap as
/// soon as there is room again. For one thread at a time.
/// </summary>
internal sealed partial class BatchWriter
{
    /// <summary>
    /// Items that may wait in the queue of an OPC UA source. Room is denied from a quarter on; the rest takes what the
    /// server has already been asked for, a full batch of 512 values an item.
    /// </summary>
    public const int QueueCapacity = 1024;

    private const int RoomMax = QueueCapacity / 4;

    private readonly string _source;
    private readonly TagTable _table;
    private readonly SampleBatchPool _pool;
    private readonly SourceQueue _output;
    private readonly OpcUaCounters _counters;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private SampleBatch? _batch;
    private UtcTime _accounted;
    private int _owed;

    /// <param name="source">The name of the endpoint, the scope of what is lost.</param>
    /// <param name="table">What the tag indexes refer to.</param>
    /// <param name="pool">Where batches come from.</param>
    /// <param name="output">Where they go; this is its only writer.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="clock">Says when a gap ends.</param>
    /// <param name="logger">One line when values are lost, one when they are not any more.</param>
    public BatchWriter(
        string source, TagTable table, SampleBatchPool pool, SourceQueue output, OpcUaCounters counters,
        TimeProvider clock, ILogger logger)
    {
        _source = source;
        _table = table;
        _pool = pool;
        _output = output;
        _counters = counters;
        _clock = clock;
        _logger = logger;
        _accounted = UtcTime.Now(clock);
    }

    /// <summary>Whether the server may be asked for more. Any thread.</summary>
    public bool HasRoom => _output.Count < RoomMax;

    /// <summary>A batch of this origin with room for a row.</summary>
    public SampleBatch Room(BatchOrigin origin)
    {
        if (_batch is { } current && current.Count < current.Capacity && current.Origin == origin)
        {
            return current;
        }

        HandOver();
        _batch = _pool.Rent(_table);
        _batch.Origin = origin;
        return _batch;
    }

    /// <summary>Hands over what has been filled, and tells what could not be before.</summary>
    public void HandOver()
    {
        if (_batch is not { } batch)
        {
            SettleOverflow();
            return;
        }

        _batch = null;
        var time = batch.GatewayTimes[^1];
        if (SettleOverflow() && _output.TryWrite(batch))
        {
            _accounted = time;
            return;
        }

        // The server sent more than it was asked for, or the journal has stopped for good.
        Owe(batch.Count);
        _counters.Dropped(batch.Count);
        batch.Release();
    }

    /// <summary>Writes a gap behind what has been filled.</summary>
    public void Write(Gap gap)
    {
        HandOver();
        if (SettleOverflow() && _output.TryWrite(gap))
        {
            _counters.WroteGap();
            return;
        }

        // It becomes part of the gap that is owed.
        _accounted = gap.From < _accounted ? gap.From : _accounted;
        Owe(0);
    }

    private void Owe(int values)
    {
        if (_owed == 0)
        {
            LogOverflow(_logger, _source);
        }

        _owed += Math.Max(values, 1);
    }

    // Whether nothing is owed any more.
    private bool SettleOverflow()
    {
        if (_owed == 0)
        {
            return true;
        }

        var gap = new Gap(
            _source, _accounted, UtcTime.Now(_clock), GapCause.QueueOverflow,
            $"{_owed} values could not be taken: the journal could not keep up.");
        if (!_output.TryWrite(gap))
        {
            return false;
        }

        _owed = 0;
        _accounted = gap.To;
        _counters.WroteGap();
        LogRoomAgain(_logger, _source);
        return true;
    }
}

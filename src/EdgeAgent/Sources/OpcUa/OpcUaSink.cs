using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using StatusCode = EdgeAgent.Core.Model.StatusCode;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Turns what a server reports into batches and gaps. The hot path: nothing is allocated for a number. Values are handed
/// over on the receive loop, confirming readings by another: one lock a response, none a value.
/// </summary>
internal sealed partial class OpcUaSink
{
    /// <summary>
    /// Items that may wait in the queue of an OPC UA source. Room is denied from a quarter on; the rest takes what the
    /// server has already been asked for, a full batch of 512 values an item.
    /// </summary>
    public const int QueueCapacity = 1024;

    private const int RoomMax = QueueCapacity / 4;

    // A table full of mistakes is one mistake; nobody reads more lines.
    private const int LoggedTagsMax = 50;

    private const long NeverSeen = long.MinValue;

    private readonly OpcUaTag[] _tags;
    private readonly int[] _tagIndexes;
    private readonly NodeFormat[] _formats;
    private readonly bool[] _isReported;
    private readonly long[] _seen;
    private readonly TagTable _table;
    private readonly SampleBatchPool _pool;
    private readonly SourceQueue _output;
    private readonly OpcUaCounters _counters;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    // Under the lock.
    private SampleBatch? _batch;
    private UtcTime _accounted;
    private int _owed;
    private int _reportedTags;

    /// <param name="name">Of the endpoint.</param>
    /// <param name="tags">By client handle.</param>
    /// <param name="table">What the tag indexes refer to.</param>
    /// <param name="pool">Where batches come from.</param>
    /// <param name="output">Where they go; this is its only writer.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="clock">Stamps what arrives.</param>
    /// <param name="logger">One line a tag that cannot be read.</param>
    public OpcUaSink(
        string name, IReadOnlyList<OpcUaTag> tags, TagTable table, SampleBatchPool pool, SourceQueue output,
        OpcUaCounters counters, TimeProvider clock, ILogger logger)
    {
        _name = name;
        _tags = [.. tags];
        _tagIndexes = [.. tags.Select(tag => tag.TagIndex)];
        _formats = [.. tags.Select(tag => tag.Format)];
        _isReported = new bool[_tags.Length];
        _seen = new long[_tags.Length];
        Array.Fill(_seen, NeverSeen);
        _table = table;
        _pool = pool;
        _output = output;
        _counters = counters;
        _clock = clock;
        _logger = logger;
        _accounted = UtcTime.Now(clock);
    }

    /// <summary>Whether the server may be asked for more.</summary>
    public bool HasRoom => _output.Count < RoomMax;

    /// <summary>Values as they came; rows of handles that are none of ours are the server's mistake and left out.</summary>
    public void Take(ValueColumns values, BatchOrigin origin)
    {
        lock (_gate)
        {
            var now = UtcTime.Now(_clock);
            var handles = values.Handles;
            var types = values.Types[..handles.Length];
            var statuses = values.Statuses[..handles.Length];
            var sourceTimes = values.SourceTimes[..handles.Length];
            var serverTimes = values.ServerTimes[..handles.Length];
            var bits = values.Bits[..handles.Length];
            int bad = 0, overflows = 0, unfit = 0, taken = 0;
            BeginBatch(origin);
            for (var row = 0; row < handles.Length; row++)
            {
                var handle = handles[row];
                if (handle >= (uint)_tags.Length)
                {
                    continue;
                }

                taken++;
                var status = new StatusCode(statuses[row].Value);
                overflows += statuses[row].HasOverflow ? 1 : 0;
                if (origin == BatchOrigin.Live)
                {
                    _seen[handle] = now.Ticks;
                }

                ref readonly var format = ref _formats[handle];
                var sourceTime = UaTime.Of(sourceTimes[row]);
                var serverTime = UaTime.Of(serverTimes[row]);
                if (format.Kind == ValueKind.Text || types[row] == BuiltInType.Variant)
                {
                    unfit += TakeVariant(values, row, origin, sourceTime, serverTime, now, ref status);
                }
                else
                {
                    var value = format.Convert(types[row], bits[row]);
                    if (value.Fault != NodeFault.None && !status.IsBad)
                    {
                        unfit++;
                        status = Report(handle, value.Fault, types[row], status);
                    }

                    Room(origin).Add(_tagIndexes[handle], sourceTime, serverTime, now, status, value.Bits);
                }

                bad += status.IsBad ? 1 : 0;
            }

            _counters.Took(taken, bad, overflows, unfit);
            if (origin == BatchOrigin.Backfill)
            {
                _counters.TookBackfilled(taken);
            }

            HandOver();
        }
    }

    /// <summary>
    /// The server or the agent itself says that a tag cannot be read now. Waits for <see cref="Flush"/>, because it
    /// comes for many tags at once.
    /// </summary>
    public void Bad(uint handle, StatusCode status)
    {
        if (handle >= (uint)_tags.Length)
        {
            return;
        }

        lock (_gate)
        {
            var now = UtcTime.Now(_clock);
            _seen[handle] = now.Ticks;
            BeginBatch(BatchOrigin.Live);
            AddEmpty(handle, BatchOrigin.Live, UtcTime.None, UtcTime.None, now, status);
            _counters.Took(1, status.IsBad ? 1 : 0, 0, 0);
            if (MayReport(handle))
            {
                LogTagBad(
                    _logger, _name, NameOf(handle), _tags[handle].Address.ToString(),
                    new EdgeAgent.OpcUa.StatusCode(status.Value).ToString(), OpcUaRemedy.Of(status));
            }
        }
    }

    /// <summary>A stretch of time for which nothing can be had. What is known of it comes before it.</summary>
    public void Lose(Gap gap)
    {
        lock (_gate)
        {
            HandOver();
            WriteGap(gap);
        }
    }

    /// <summary>Hands over what <see cref="Bad"/> has gathered.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            HandOver();
            SettleOverflow();
        }
    }

    /// <summary>The handles of tags of which nothing was told for that long, as many as there is space for.</summary>
    public int FindSilent(TimeSpan patience, Span<uint> handles)
    {
        lock (_gate)
        {
            var until = (UtcTime.Now(_clock) - patience).Ticks;
            var count = 0;
            for (var handle = 0; handle < _seen.Length && count < handles.Length; handle++)
            {
                if (_seen[handle] <= until)
                {
                    handles[count++] = (uint)handle;
                }
            }

            return count;
        }
    }

    /// <summary>What a gap concerns: the one device all handles belong to, or the endpoint.</summary>
    public string ScopeOf(ReadOnlySpan<uint> handles)
    {
        string? device = null;
        foreach (var handle in handles)
        {
            if (handle < (uint)_tags.Length)
            {
                device ??= _tags[handle].Device;
                if (device != _tags[handle].Device)
                {
                    return _name;
                }
            }
        }

        return device ?? _name;
    }

    public string NameOf(uint handle) => _table[_tagIndexes[handle]].Id;

    // Texts, arrays and structures; rare, so they may allocate. Returns 1 if the value is none of the tag.
    private int TakeVariant(
        ValueColumns values, int row, BatchOrigin origin, UtcTime sourceTime, UtcTime serverTime, UtcTime now,
        ref StatusCode status)
    {
        var handle = values.Handles[row];
        ref readonly var format = ref _formats[handle];
        var fault = NodeFault.None;
        var type = values.Types[row];
        try
        {
            var value = values.ReadVariant(row, DecodingLimits.Default);
            type = value.Type;
            if (!value.IsArray && format.Accepts(type))
            {
                if (format.Kind == ValueKind.Text)
                {
                    Room(origin).AddText(
                        _tagIndexes[handle], sourceTime, serverTime, now, status, NodeText.Of(in value));
                    return 0;
                }

                var number = format.Convert(type, value.Bits);
                if (number.Fault == NodeFault.None)
                {
                    Room(origin).Add(_tagIndexes[handle], sourceTime, serverTime, now, status, number.Bits);
                    return 0;
                }

                fault = number.Fault;
            }
            else
            {
                fault = NodeFault.TypeMismatch;
            }
        }
        catch (OpcUaException error)
        {
            // Only this value; the response as a whole was well-formed.
            status = status.IsBad ? status : new(error.Status.Value | (status.Value & 0xFFFF));
        }

        var isUnfit = !status.IsBad;
        status = isUnfit ? Report(handle, fault, type, status) : status;
        AddEmpty(handle, origin, sourceTime, serverTime, now, status);
        return isUnfit ? 1 : 0;
    }

    private void AddEmpty(
        uint handle, BatchOrigin origin, UtcTime sourceTime, UtcTime serverTime, UtcTime now, StatusCode status)
    {
        var batch = Room(origin);
        if (_formats[handle].Kind == ValueKind.Text)
        {
            batch.AddText(_tagIndexes[handle], sourceTime, serverTime, now, status, null);
        }
        else
        {
            batch.Add(_tagIndexes[handle], sourceTime, serverTime, now, status, 0);
        }
    }

    // Flags such as the overflow bit stay: they are about the queue, not about the value.
    private StatusCode Report(uint handle, NodeFault fault, BuiltInType type, StatusCode status)
    {
        var isMismatch = fault == NodeFault.TypeMismatch;
        if (isMismatch && MayReport(handle))
        {
            LogTypeMismatch(
                _logger, _name, NameOf(handle), _tags[handle].Address.ToString(), type.ToString(),
                NodeText.TypeFor(type) is { } word ? $"write type {word} in tags.csv" : "name a field or another node");
        }

        var code = isMismatch ? StatusCode.BadTypeMismatch : StatusCode.BadOutOfRange;
        return new(code.Value | (status.Value & 0xFFFF));
    }

    private bool MayReport(uint handle)
    {
        if (_isReported[handle])
        {
            return false;
        }

        _isReported[handle] = true;
        if (_reportedTags++ == LoggedTagsMax)
        {
            LogMoreTags(_logger, _name);
        }

        return _reportedTags <= LoggedTagsMax;
    }

    private void BeginBatch(BatchOrigin origin)
    {
        if (_batch is not null && _batch.Origin != origin)
        {
            HandOver();
        }
    }

    private SampleBatch Room(BatchOrigin origin)
    {
        if (_batch is { } current && current.Count < current.Capacity)
        {
            return current;
        }

        HandOver();
        _batch = _pool.Rent(_table);
        _batch.Origin = origin;
        return _batch;
    }

    private void HandOver()
    {
        if (_batch is not { } batch)
        {
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
        if (_owed == 0)
        {
            LogOverflow(_logger, _name);
        }

        _owed += batch.Count;
        _counters.Dropped(batch.Count);
        batch.Release();
    }

    // Whether nothing is owed any more.
    private bool SettleOverflow()
    {
        if (_owed == 0)
        {
            return true;
        }

        var gap = new Gap(
            _name, _accounted, UtcTime.Now(_clock), GapCause.QueueOverflow,
            $"{_owed} values could not be taken: the journal could not keep up.");
        if (!_output.TryWrite(gap))
        {
            return false;
        }

        _owed = 0;
        _counters.WroteGap();
        LogRoomAgain(_logger, _name);
        return true;
    }

    private void WriteGap(Gap gap)
    {
        if (SettleOverflow() && _output.TryWrite(gap))
        {
            _counters.WroteGap();
            return;
        }

        // A gap that finds no room becomes part of the one that says so.
        _accounted = gap.From < _accounted ? gap.From : _accounted;
        _owed++;
    }
}

using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Sources.Modbus;

/// <summary>
/// Decodes what a poll brings into batches. The hot path: nothing is allocated for a number, and for a text only when
/// it changed.
/// </summary>
internal sealed class SampleSink : IReadSink
{
    private readonly ModbusTag[] _tags;
    private readonly TagTable _table;
    private readonly SampleBatchPool _pool;
    private readonly TimeProvider _clock;
    private readonly int[] _tagIndexes;
    private readonly int[] _addresses;
    private readonly ValueFormat[] _formats;
    private readonly string?[] _texts;
    private readonly List<SampleBatch> _full = [];
    private SampleBatch? _batch;

    public SampleSink(IReadOnlyList<ModbusTag> tags, TagTable table, SampleBatchPool pool, TimeProvider clock)
    {
        _tags = [.. tags];
        _table = table;
        _pool = pool;
        _clock = clock;
        _tagIndexes = [.. tags.Select(tag => tag.TagIndex)];
        _addresses = [.. tags.Select(tag => tag.Range.Address)];
        _formats = [.. tags.Select(tag => tag.Format)];
        _texts = new string?[tags.Count];
    }

    /// <summary>The last exception code of the poll, and how its last failed read ended.</summary>
    public (ReadOutcome Outcome, ModbusExceptionCode Refusal) LastFailure { get; private set; }

    /// <summary>When the first sample of the poll was received; none before it.</summary>
    public UtcTime FirstTime { get; private set; } = UtcTime.None;

    /// <summary>When the last sample was received.</summary>
    public UtcTime LastTime { get; private set; } = UtcTime.None;

    public string NameOf(int point) => _table[_tagIndexes[point]].Id;

    /// <summary>The samples so far, in batches that now belong to the caller.</summary>
    public void TakeInto(List<SampleBatch> batches)
    {
        batches.AddRange(_full);
        _full.Clear();
        FirstTime = UtcTime.None;
        if (_batch is { } last)
        {
            _batch = null;
            batches.Add(last);
        }
    }

    /// <summary>Gives back what an aborted poll has gathered.</summary>
    public void Discard()
    {
        _full.ForEach(batch => batch.Release());
        _full.Clear();
        _batch?.Release();
        _batch = null;
    }

    public void Received(ReadOnlySpan<int> points, in AddressRange range, ReadOnlySpan<byte> data)
    {
        var now = Stamp();
        if (range.Function.ReadsBits)
        {
            foreach (var point in points)
            {
                var value = ValueCodec.DecodeBit(data, _addresses[point] - range.Address);
                Room().Add(_tagIndexes[point], UtcTime.None, UtcTime.None, now, StatusCode.Good, value.Bits);
            }

            return;
        }

        foreach (var point in points)
        {
            ref readonly var format = ref _formats[point];
            var registers = data[((_addresses[point] - range.Address) * 2)..];
            if (format.Kind == DecodedKind.Text)
            {
                var text = _texts[point] = ValueCodec.DecodeText(registers, format, _texts[point]);
                var status = text is null ? StatusCode.BadDecodingError : StatusCode.Good;
                Room().AddText(_tagIndexes[point], UtcTime.None, UtcTime.None, now, status, text);
            }
            else
            {
                var value = ValueCodec.Decode(registers, format);
                Room().Add(
                    _tagIndexes[point], UtcTime.None, UtcTime.None, now, ModbusStatus.Of(value.Fault), value.Bits);
            }
        }
    }

    public void Failed(ReadOnlySpan<int> points, ReadOutcome outcome, ModbusExceptionCode refusal)
    {
        if (outcome != ReadOutcome.NotReadable)
        {
            LastFailure = (outcome, refusal);
        }

        var now = Stamp();
        var status = ModbusStatus.Of(outcome, refusal);
        foreach (var point in points)
        {
            AddBad(point, now, status);
        }
    }

    /// <summary>A poll that was due while nothing could be asked.</summary>
    public void FailAll(ReadOutcome outcome, ModbusExceptionCode refusal)
    {
        var now = Stamp();
        var status = ModbusStatus.Of(outcome, refusal);
        for (var point = 0; point < _tags.Length; point++)
        {
            AddBad(point, now, status);
        }
    }

    private UtcTime Stamp()
    {
        LastTime = UtcTime.Now(_clock);
        FirstTime = FirstTime.IsNone ? LastTime : FirstTime;
        return LastTime;
    }

    private void AddBad(int point, UtcTime now, StatusCode status)
    {
        if (_tags[point].Kind == ValueKind.Text)
        {
            Room().AddText(_tagIndexes[point], UtcTime.None, UtcTime.None, now, status, null);
        }
        else
        {
            Room().Add(_tagIndexes[point], UtcTime.None, UtcTime.None, now, status, 0);
        }
    }

    private SampleBatch Room()
    {
        if (_batch is null)
        {
            return _batch = _pool.Rent(_table);
        }

        if (_batch.Count == _batch.Capacity)
        {
            _full.Add(_batch);
            _batch = _pool.Rent(_table);
        }

        return _batch;
    }
}

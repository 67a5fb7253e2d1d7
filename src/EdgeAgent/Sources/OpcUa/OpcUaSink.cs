using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;
using EdgeAgent.OpcUa.Subscription;
using StatusCode = EdgeAgent.Core.Model.StatusCode;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>
/// Turns what a server reports into samples and gaps. The hot path: nothing is allocated for a number. Values come on
/// the receive loop, and a slow loop flushes what is left: one lock a response, none a value.
/// </summary>
internal sealed class OpcUaSink : IValueSink
{
    // Part 4, 7.38: what a status says beside its code, such as the overflow bit, is about the queue and not the value.
    private const uint InfoBits = 0x0000_FFFF;

    // Tags named in one sentence.
    private const int NamesMax = 10;

    private readonly OpcUaTag[] _tags;
    private readonly int[] _tagIndexes;
    private readonly NodeFormat[] _formats;
    private readonly bool[] _isPlain;
    private readonly BatchWriter _writer;
    private readonly TagReports _reports;
    private readonly OpcUaCounters _counters;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly UtcTime _start;
    private readonly Lock _gate = new();
    private volatile ServerTypes _types = ServerTypes.Unknown;

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
        _isPlain = [.. tags.Select(tag => tag.Field is null && tag.Format.Kind != ValueKind.Text)];
        _writer = new(name, table, pool, output, counters, clock, logger);
        _reports = new(name, tags, table, logger);
        _counters = counters;
        _clock = clock;
        _start = UtcTime.Now(clock);
    }

    public bool HasRoom => _writer.HasRoom;

    /// <summary>What the server's structures and enumerations mean; set before values of a session come.</summary>
    public ServerTypes Types
    {
        get => _types;
        set => _types = value;
    }

    /// <summary>Tags of which nothing is heard although the server is connected.</summary>
    public SilentTags Silent { get; } = new();

    public void Take(ValueColumns values, ValueOrigin origin)
    {
        lock (_gate)
        {
            var taken = Take(values, origin == ValueOrigin.Backfilled ? BatchOrigin.Backfill : BatchOrigin.Live);
            _counters.Took(taken, origin);
            _writer.HandOver();
        }
    }

    /// <summary>Waits for <see cref="Flush"/>, because it comes for many tags at once.</summary>
    public void Bad(uint handle, EdgeAgent.OpcUa.StatusCode status)
    {
        if (handle >= (uint)_tags.Length)
        {
            return;
        }

        lock (_gate)
        {
            var code = new StatusCode(status.Value);
            AddEmpty(handle, BatchOrigin.Live, UtcTime.None, UtcTime.None, UtcTime.Now(_clock), code);
            _counters.Took(new TakenValues { Count = 1, Bad = code.IsBad ? 1 : 0 }, ValueOrigin.Live);
            _reports.Bad(handle, code);
        }
    }

    /// <summary>
    /// The span is in the server's clock, as the samples around it are: one gap for its device, or for the endpoint.
    /// </summary>
    public void Lost(LostSpan span)
    {
        var from = UaTime.Of(span.From);
        var to = UaTime.Of(span.To);
        from = from.IsNone ? _start : from;
        to = to.IsNone ? UtcTime.Now(_clock) : to;

        // One hole, one gap: silence that ran into the loss is a gap of its own only as far as it began before.
        var silent = span.Handles is null ? Silent.RemoveAll() : Silent.Remove(span.Handles);
        WriteSilence([.. silent.Where(one => one.Since < from)], from);
        Lost(span.Handles, from, to < from ? from : to, LossText.Cause(span.Cause), span.Detail);
    }

    /// <summary>Writes the gaps of tags that were silent.</summary>
    public void WriteSilence(IReadOnlyList<(UtcTime Since, IReadOnlyList<uint> Handles)> silent, UtcTime to)
    {
        foreach (var (since, handles) in silent)
        {
            Lost(
                handles, since, to, GapCause.SourceSilent, $"Connected, but nothing was heard of {NamesOf(handles)}.");
        }
    }

    /// <summary>The ids of tags, the first of them where there are many.</summary>
    public string NamesOf(IReadOnlyList<uint> handles)
    {
        var names = string.Join(", ", handles.Take(NamesMax).Select(_reports.NameOf));
        return handles.Count > NamesMax ? $"{names} and {handles.Count - NamesMax} more" : names;
    }

    /// <param name="handles">The tags, or null for all.</param>
    /// <param name="from">The last instant that is accounted for.</param>
    /// <param name="to">The first that is again.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">A sentence for people.</param>
    public void Lost(IReadOnlyList<uint>? handles, UtcTime from, UtcTime to, GapCause cause, string detail)
    {
        lock (_gate)
        {
            _writer.Write(new(ScopeOf(handles), from, to, cause, LossText.Detail(detail)));
        }
    }

    /// <summary>Hands over what <see cref="Bad"/> has gathered, and what is still owed.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _writer.HandOver();
        }
    }

    // The one device that all tags belong to, or the endpoint.
    private string ScopeOf(IReadOnlyList<uint>? handles)
    {
        string? device = null;
        foreach (var handle in handles ?? [])
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

    private TakenValues Take(ValueColumns values, BatchOrigin origin)
    {
        var now = UtcTime.Now(_clock);
        var handles = values.Handles;
        var types = values.Types[..handles.Length];
        var statuses = values.Statuses[..handles.Length];
        var sourceTimes = values.SourceTimes[..handles.Length];
        var serverTimes = values.ServerTimes[..handles.Length];
        var bits = values.Bits[..handles.Length];
        var taken = default(TakenValues);
        for (var row = 0; row < handles.Length; row++)
        {
            var handle = handles[row];
            if (handle >= (uint)_tags.Length)
            {
                continue;
            }

            var status = new StatusCode(statuses[row].Value);
            if (_isPlain[handle])
            {
                var value = _formats[handle].Convert(types[row], bits[row]);
                if (value.Fault != NodeFault.None && !status.IsBad)
                {
                    taken.Unfit++;
                    status = Unfit(handle, value.Fault, types[row], status);
                }

                _writer.Room(origin).Add(
                    _tagIndexes[handle], UaTime.Of(sourceTimes[row]), UaTime.Of(serverTimes[row]), now, status,
                    value.Bits);
            }
            else
            {
                status = TakeOther(values, row, origin, now, ref taken);
            }

            taken.Count++;
            taken.Bad += status.IsBad ? 1 : 0;
            taken.Overflows += statuses[row].HasOverflow ? 1 : 0;
        }

        return taken;
    }

    // Texts, and parts of arrays and structures: rare beside numbers, so they may allocate.
    private StatusCode TakeOther(
        ValueColumns values, int row, BatchOrigin origin, UtcTime now, ref TakenValues taken)
    {
        var handle = values.Handles[row];
        ref readonly var format = ref _formats[handle];
        var status = new StatusCode(values.Statuses[row].Value);
        var sourceTime = UaTime.Of(values.SourceTimes[row]);
        var serverTime = UaTime.Of(values.ServerTimes[row]);
        var found = status.IsBad ? default : Find(values, row);
        if (found.Status.IsBad)
        {
            taken.Unfit++;
            status = new(found.Status.Code | (status.Value & InfoBits));
            _reports.Bad(handle, status);
        }

        if (status.IsBad)
        {
            AddEmpty(handle, origin, sourceTime, serverTime, now, status);
            return status;
        }

        var type = found.Value.Type;
        if (format.Kind == ValueKind.Text && (format.Accepts(type) || found.Text is not null || found.Value.IsNull))
        {
            _writer.Room(origin).AddText(
                _tagIndexes[handle], sourceTime, serverTime, now, status, found.Text ?? NodeText.Of(found.Value));
            return status;
        }

        // No text is a number and no number a text, and an array is neither.
        var isNumber = format.Kind != ValueKind.Text && !found.Value.IsArray;
        var number = isNumber ? format.Convert(type, found.Value.Bits) : new(0, NodeFault.TypeMismatch);
        if (number.Fault != NodeFault.None)
        {
            taken.Unfit++;
            status = Unfit(handle, number.Fault, type, status);
        }

        if (format.Kind == ValueKind.Text)
        {
            AddEmpty(handle, origin, sourceTime, serverTime, now, status);
        }
        else
        {
            _writer.Room(origin).Add(_tagIndexes[handle], sourceTime, serverTime, now, status, number.Bits);
        }

        return status;
    }

    private FoundValue Find(ValueColumns values, int row)
    {
        var handle = values.Handles[row];
        var types = _types;
        if (_tags[handle].Field is { } path)
        {
            var field = path.Read(values, row, types.Table, DecodingLimits.Default);
            return new(field.Status, field.Value, TextOf(types.Table, field));
        }

        try
        {
            var value = values.ReadVariant(row, DecodingLimits.Default);
            var isEnumeration = value.Type == BuiltInType.Int32 && !value.IsArray;
            return new(default, value, isEnumeration ? types.TextOf(handle, value.Bits) : null);
        }
        catch (OpcUaException error)
        {
            // Only this value; the response as a whole was well-formed.
            return new(error.Status, default, null);
        }
    }

    private static string? TextOf(TypeTable types, in FieldValue field) =>
        field.Value is { Type: BuiltInType.Int32, IsArray: false } number
            ? types.TextOf(field.DataType, number.Bits)
            : null;

    private void AddEmpty(
        uint handle, BatchOrigin origin, UtcTime sourceTime, UtcTime serverTime, UtcTime now, StatusCode status)
    {
        var batch = _writer.Room(origin);
        if (_formats[handle].Kind == ValueKind.Text)
        {
            batch.AddText(_tagIndexes[handle], sourceTime, serverTime, now, status, null);
        }
        else
        {
            batch.Add(_tagIndexes[handle], sourceTime, serverTime, now, status, 0);
        }
    }

    private StatusCode Unfit(uint handle, NodeFault fault, BuiltInType type, StatusCode status)
    {
        var code = StatusCode.BadOutOfRange;
        if (fault == NodeFault.TypeMismatch)
        {
            code = StatusCode.BadTypeMismatch;
            _reports.Mismatch(handle, type);
        }

        return new(code.Value | (status.Value & InfoBits));
    }

    private readonly record struct FoundValue(EdgeAgent.OpcUa.StatusCode Status, Variant Value, string? Text);
}

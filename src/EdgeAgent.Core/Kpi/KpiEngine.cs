using EdgeAgent.Core.Kpi.Calendars;
using EdgeAgent.Core.Kpi.Evaluation;
using EdgeAgent.Core.Kpi.Measures;
using EdgeAgent.Core.Kpi.Snapshots;
using EdgeAgent.Core.Kpi.Tracking;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// The KPI engine: a pure function of its model and of the samples and gaps it is given, in journal order. It reads
/// no clock.
/// <para>
/// Feed it with <see cref="Process(SampleBatch)"/> and <see cref="Process(Gap)"/>; <see cref="Close"/> says which
/// periods became final, <see cref="TakeRestated"/> which final ones changed after all; <see cref="Compute"/> gives
/// any figure at any time. A snapshot and the records after it give the same results, to the last digit, as all
/// records from the start. For one thread at a time.
/// </para>
/// </summary>
public sealed partial class KpiEngine
{
    /// <summary>
    /// A source clock further ahead of the gateway's than this is wrong: its samples are taken as Bad.
    /// </summary>
    public static readonly TimeSpan ClockAheadMax = TimeSpan.FromHours(1);

    /// <summary>Devices outside the ledger that are listed by name.</summary>
    private const int StrangersMax = 256;

    /// <summary>Times outside 1970 to 2199 are none: no calendar is made for them.</summary>
    private const long TicksMax = 72_600_000_000_000_000;

    private readonly KpiModel _model;
    private readonly MeasureBook _book;
    private readonly TagTracker _tracker;
    private readonly PlantView _plant;
    private readonly byte[] _modelHash;
    private readonly Dictionary<string, int> _tagIndexes;
    private TagTable _table = TagTable.Empty;

    // By tag index of the table in force: the slot, or -1 for a tag the model does not know.
    private int[] _slotOf = [];
    private bool[] _isText = [];
    private long _firstMinute = long.MaxValue;

    /// <exception cref="ArgumentException">The model contradicts itself; the message names the place.</exception>
    public KpiEngine(KpiModel model)
    {
        _model = model;
        KpiModelCheck.ThrowIfInvalid(model);
        _book = new(model);
        _tracker = new(model, _book);
        _plant = new(model, _book, _tracker);
        _modelHash = ModelHash.Of(model);
        _tagIndexes = model.Tags.Select((tag, index) => (tag.Id, index))
            .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>Samples processed.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Samples that came after a later one of their tag.</summary>
    public long LateCount => _tracker.LateCount;

    /// <summary>Late samples that came too late to be used; the periods they touch are partial.</summary>
    public long LateLostCount => _tracker.LostCount;

    /// <summary>Samples whose source clock could not be believed.</summary>
    public long UnbelievableCount { get; private set; }

    /// <summary>Samples of tags that are not in the model, or of another kind than there.</summary>
    public long UnboundCount { get; private set; }

    /// <summary>SHA-256 of the model without its entries: what a snapshot must match.</summary>
    public ReadOnlySpan<byte> ModelFingerprint => _modelHash;

    /// <summary>How long after its end a period becomes final.</summary>
    public TimeSpan ClosingDelay => _model.Parameters.LateAllowance > _model.Parameters.MicroStop
        ? _model.Parameters.LateAllowance
        : _model.Parameters.MicroStop;

    /// <summary>Takes the samples of a durable batch. Does not keep the batch.</summary>
    public void Process(SampleBatch batch)
    {
        if (!ReferenceEquals(batch.Tags, _table))
        {
            Bind(batch.Tags);
        }

        var tagIndexes = batch.TagIndexes;
        var sourceTimes = batch.SourceTimes[..tagIndexes.Length];
        var serverTimes = batch.ServerTimes[..tagIndexes.Length];
        var gatewayTimes = batch.GatewayTimes[..tagIndexes.Length];
        var statuses = batch.Statuses[..tagIndexes.Length];
        var bits = batch.Bits[..tagIndexes.Length];
        for (var row = 0; row < tagIndexes.Length; row++)
        {
            var slot = _slotOf[tagIndexes[row]];
            var gateway = gatewayTimes[row].Ticks;
            var ticks = sourceTimes[row].Ticks;
            var severity = (Severity)Math.Min(statuses[row].Value >> 30, (uint)Severity.Bad);
            if (ticks == UtcTime.None.Ticks)
            {
                ticks = gateway;
            }

            // One unsigned comparison each: neither before 1970 nor too far ahead.
            if ((ulong)ticks > (ulong)(gateway + ClockAheadMax.Ticks) || (ulong)gateway > TicksMax)
            {
                UnbelievableCount++;
                (ticks, severity) = (gateway, Severity.Bad);
                if ((ulong)gateway > TicksMax)
                {
                    continue;
                }
            }

            // Only a live reading says that the value holds now; history says what held then.
            var server = serverTimes[row].Ticks;
            if (server > ticks && slot >= 0 && batch.Origin == BatchOrigin.Live
                && sourceTimes[row].Ticks == ticks)
            {
                var seen = server <= gateway + ClockAheadMax.Ticks ? server : gateway;
                ticks = TimeSpan.TicksPerMicrosecond * ReadingPlace.Of(
                    ticks / TimeSpan.TicksPerMicrosecond, seen / TimeSpan.TicksPerMicrosecond,
                    in _tracker.Slots[slot]);
            }

            if (slot < 0)
            {
                Unbound(tagIndexes[row], severity);
            }
            else if (_isText[tagIndexes[row]])
            {
                _tracker.TakeText(slot, ticks / TimeSpan.TicksPerMicrosecond, batch.TextAt(row), severity);
            }
            else
            {
                _tracker.Take(slot, ticks / TimeSpan.TicksPerMicrosecond, bits[row], severity);
            }
        }

        SampleCount += tagIndexes.Length;
        Begin(batch);
    }

    /// <summary>
    /// Takes a durable gap: the tags of its source or device are unknown from its start to their next sample.
    /// </summary>
    public void Process(Gap gap)
    {
        for (var i = 0; i < _model.Tags.Length; i++)
        {
            var device = _plant.Device(_model.Tags[i].DeviceId);
            if (gap.Scope == Gap.Everything || gap.Scope == device.Id || gap.Scope == device.Source)
            {
                _tracker.Lose(i, gap.From.Microseconds);
            }
        }
    }

    /// <summary>
    /// Says that no sample before <paramref name="watermark"/> less <see cref="ClosingDelay"/> is expected any more.
    /// </summary>
    /// <param name="watermark">A time from the journal, so that a replay closes the same periods.</param>
    /// <returns>The periods that became final by it, by end and then from small to large.</returns>
    public IReadOnlyList<KpiPeriod> Close(UtcTime watermark)
    {
        var to = Minutes.At((watermark - ClosingDelay).Microseconds);
        if (_firstMinute == long.MaxValue || to <= Math.Max(_book.ClosedTo, _firstMinute))
        {
            return [];
        }

        _tracker.Settle(to * Minutes.Microseconds);
        var periods = _book.Calendar.EndingIn(Math.Max(_book.ClosedTo, _firstMinute), to);
        _book.ClosedTo = to;
        return periods;
    }

    /// <summary>
    /// The final periods that late samples have touched since the last call: their figures must be given anew.
    /// </summary>
    public IReadOnlyList<KpiPeriod> TakeRestated()
    {
        var spans = _book.TakeRestated();
        if (spans.Length == 0)
        {
            return [];
        }

        // Every final period from the first touched minute on that overlaps a touched span.
        return [.. _book.Calendar.EndingIn(spans[0].From, _book.ClosedTo).Where(period =>
            spans.Any(span => Minutes.ToUtcTime(span.From) < period.To && Minutes.ToUtcTime(span.To) > period.From))];
    }

    /// <summary>The newest final period of this kind; none before the first.</summary>
    public KpiPeriod? LatestFinal(PeriodKind kind)
    {
        // Before the first closing, ClosedTo is far from every minute.
        var from = Math.Max(_firstMinute, Math.Max(_book.ClosedTo, 0) - Retention.DayMinutes);
        for (var end = _book.ClosedTo; end > from;)
        {
            var period = _book.Calendar.At(kind, end - 1);
            if (period is not null && Minutes.At(period.To.Microseconds) <= _book.ClosedTo)
            {
                return period;
            }

            // Still running, or an hour without a shift.
            var before = period ?? _book.Calendar.At(PeriodKind.Hour, end - 1)!;
            end = Minutes.At(before.From.Microseconds);
        }

        return null;
    }

    /// <summary>The period of this kind around an instant; none where no shift is running.</summary>
    public KpiPeriod? PeriodAt(PeriodKind kind, UtcTime time) => _book.Calendar.At(kind, Minutes.At(time.Microseconds));

    /// <summary>The instant at which a production day begins, for entries made by date.</summary>
    public UtcTime StartOf(DateOnly productionDay) => Minutes.ToUtcTime(_book.Calendar.StartOf(productionDay));

    /// <summary>
    /// Forms one figure from the measures. A period that is not over yet is taken as far as samples reach.
    /// </summary>
    /// <param name="kpi">One of <see cref="KpiCatalogue.All"/>.</param>
    /// <param name="scope">Which part of the plant.</param>
    /// <param name="period">On whole minutes.</param>
    /// <param name="plannedBusy">For OEE: planned busy time per work unit in place of the calendar's.</param>
    /// <exception cref="ArgumentException">The KPI is not one of the catalogue, or the period is not on whole
    /// minutes.</exception>
    public KpiResult Compute(KpiDefinition kpi, KpiScope scope, KpiPeriod period, TimeSpan? plannedBusy = null)
    {
        var span = new MinuteSpan(Minutes.Exactly(period.From, "A period"), Minutes.Exactly(period.To, "A period"));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(span.Length, nameof(period));
        _tracker.Settle(span.To * Minutes.Microseconds);
        return kpi.Id switch
        {
            "oee-index" => OeeEvaluation.Compute(
                _plant, scope, period, span, plannedBusy?.Ticks / TimeSpan.TicksPerMicrosecond),
            "defect-rate" => DefectEvaluation.Compute(_plant, scope, period, span),
            "energy-per-output-value" or "comprehensive-energy-consumption-total" =>
                EnergyEvaluation.Compute(_plant, kpi, scope, period, span),
            "equipment-networking-rate" or "digital-equipment-networking-rate" or "key-equipment-networking-rate" =>
                NetworkingEvaluation.Compute(_plant, kpi, scope, period, span),
            _ => throw new ArgumentException($"'{kpi.Id}' is not computed by this engine.", nameof(kpi)),
        };
    }

    private void Bind(TagTable table)
    {
        _slotOf = new int[table.Count];
        _isText = new bool[table.Count];
        for (var i = 0; i < table.Count; i++)
        {
            var tag = table[i];
            _slotOf[i] = _tagIndexes.TryGetValue(tag.Id, out var slot) && _model.Tags[slot].Kind == tag.Kind
                ? slot : -1;
            _isText[i] = tag.Kind == ValueKind.Text;
        }

        _table = table;
    }

    private void Unbound(int tagIndex, Severity severity)
    {
        UnboundCount++;
        var device = _table[tagIndex].DeviceId;
        if (severity == Severity.Good && !_plant.IsInLedger(device) && _plant.Strangers.Count < StrangersMax)
        {
            _plant.Strangers.Add(device);
        }
    }

    private void Begin(SampleBatch batch)
    {
        if (_firstMinute == long.MaxValue && batch.Count > 0)
        {
            _firstMinute = Minutes.At(batch.GatewayTimes[0].Microseconds);
        }
    }
}

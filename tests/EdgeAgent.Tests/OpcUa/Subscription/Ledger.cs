using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A sink that writes everything down.</summary>
internal sealed class Ledger : IValueSink
{
    private readonly Dictionary<(uint Handle, long Time), (int Count, double Value)> _delivered = [];

    public bool HasRoom { get; set; } = true;

    public List<LostSpan> Spans { get; } = [];

    public List<(uint Handle, StatusCode Status)> Refused { get; } = [];

    public Dictionary<ValueOrigin, int> Counts { get; } = [];

    public Action<ValueColumns, ValueOrigin>? OnTake { get; set; }

    public IEnumerable<(uint Handle, long Time, int Count, double Value)> Delivered =>
        _delivered.Select(pair => (pair.Key.Handle, pair.Key.Time, pair.Value.Count, pair.Value.Value));

    public void Take(ValueColumns values, ValueOrigin origin)
    {
        OnTake?.Invoke(values, origin);
        Counts[origin] = Counts.GetValueOrDefault(origin) + values.Count;
        for (var row = 0; row < values.Count; row++)
        {
            var key = (values.Handles[row], values.SourceTimes[row].Ticks);
            var value = values.ReadVariant(row, DecodingLimits.Default).AsDouble() ?? double.NaN;
            var before = _delivered.GetValueOrDefault(key);
            _delivered[key] = (before.Count + (origin == ValueOrigin.Confirmed ? 0 : 1), value);
        }
    }

    public void Bad(uint handle, StatusCode status) => Refused.Add((handle, status));

    public void Lost(LostSpan span) => Spans.Add(span);

    public int CountOf(uint handle, long time) => _delivered.GetValueOrDefault((handle, time)).Count;

    public bool IsLost(uint handle, long time) => Spans.Exists(span =>
        span.From.Ticks <= time && time <= span.To.Ticks && (span.Handles is null || span.Handles.Contains(handle)));
}

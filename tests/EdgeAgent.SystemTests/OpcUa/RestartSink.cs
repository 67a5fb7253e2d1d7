using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Counts what was delivered of each tag and time, and checks each value against its tag.</summary>
internal sealed class RestartSink(Func<uint, double, UaDateTime, bool> isRight) : IValueSink
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(uint Handle, long Time), int> _delivered = [];
    private readonly Dictionary<uint, long> _latest = [];
    private readonly List<LostSpan> _spans = [];
    private readonly List<string> _wrong = [];

    public bool HasRoom => true;

    /// <summary>Values that are not their tag's.</summary>
    public IReadOnlyList<string> Wrong => Copy(_wrong);

    public IReadOnlyList<LostSpan> Spans => Copy(_spans);

    public void Take(ValueColumns values, ValueOrigin origin)
    {
        lock (_lock)
        {
            for (var row = 0; row < values.Count; row++)
            {
                if (values.Statuses[row].IsBad)
                {
                    continue;
                }

                var (handle, time) = (values.Handles[row], values.SourceTimes[row]);
                var value = values.ReadVariant(row, DecodingLimits.Default).AsDouble() ?? double.NaN;
                if (!isRight(handle, value, time))
                {
                    _wrong.Add($"{handle} got {value} at {time} ({origin})");
                }

                _latest[handle] = Math.Max(_latest.GetValueOrDefault(handle), time.Ticks);
                if (origin != ValueOrigin.Confirmed)
                {
                    _delivered[(handle, time.Ticks)] = _delivered.GetValueOrDefault((handle, time.Ticks)) + 1;
                }
            }
        }
    }

    public void Bad(uint handle, StatusCode status)
    {
        // A namespace that is gone for a while is part of the plan.
    }

    public void Lost(LostSpan span)
    {
        lock (_lock)
        {
            _spans.Add(span);
        }
    }

    /// <summary>Whether every tag has given a value from this time or later.</summary>
    public bool HasAllSince(UaDateTime time, int tags)
    {
        lock (_lock)
        {
            return _latest.Count == tags && _latest.Values.All(latest => latest >= time.Ticks);
        }
    }

    /// <summary>What was delivered more than once.</summary>
    public IReadOnlyList<string> Repeated()
    {
        lock (_lock)
        {
            return [.. _delivered.Where(pair => pair.Value > 1)
                .Select(pair => $"{pair.Key.Handle} at {new UaDateTime(pair.Key.Time)}: {pair.Value} times")];
        }
    }

    public bool HasDelivered(uint handle, UaDateTime time)
    {
        lock (_lock)
        {
            return _delivered.ContainsKey((handle, time.Ticks));
        }
    }

    public bool IsLost(uint handle, UaDateTime time)
    {
        lock (_lock)
        {
            return _spans.Exists(span =>
                span.From <= time && time <= span.To && (span.Handles is null || span.Handles.Contains(handle)));
        }
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}

using System.Runtime.CompilerServices;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.LoadRunner;

/// <summary>Knows the last value of each item: the server counts up, so a hole shows.</summary>
internal sealed class CountingSink(int items) : IValueSink
{
    private readonly double[] _last = new double[items];
    private long _values;
    private long _lost;
    private long _disordered;
    private long _bad;

    public bool HasRoom => true;

    public long Values => Volatile.Read(ref _values);

    public long Lost => Volatile.Read(ref _lost);

    public long Disordered => Volatile.Read(ref _disordered);

    /// <summary>Values that are Bad or no numbers, items refused, spans lost.</summary>
    public long Bad => Volatile.Read(ref _bad);

    public void Take(ValueColumns values, ValueOrigin origin)
    {
        var handles = values.Handles;
        var types = values.Types[..handles.Length];
        var bits = values.Bits[..handles.Length];
        var (lost, disordered, bad) = (0L, 0L, 0L);
        for (var row = 0; row < handles.Length; row++)
        {
            var value = types[row] switch
            {
                BuiltInType.Double or BuiltInType.Float => Unsafe.BitCast<long, double>(bits[row]),
                BuiltInType.Null or BuiltInType.Variant => double.NaN,
                _ => bits[row],
            };
            ref var last = ref _last[handles[row]];
            var step = value - last;
            if (step == 1 || last == 0)
            {
                last = value;
            }
            else if (step > 1)
            {
                lost += (long)step - 1;
                last = value;
            }
            else if (step <= 0)
            {
                disordered++;
            }
            else
            {
                bad++;
            }
        }

        Volatile.Write(ref _values, _values + handles.Length);
        Volatile.Write(ref _lost, _lost + lost);
        Volatile.Write(ref _disordered, _disordered + disordered);
        Volatile.Write(ref _bad, _bad + bad);
    }

    void IValueSink.Bad(uint handle, StatusCode status) => Interlocked.Increment(ref _bad);

    void IValueSink.Lost(LostSpan span) => Interlocked.Increment(ref _bad);
}

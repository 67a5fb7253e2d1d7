using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Values: what the owner of the space sets and what the server reads.</summary>
public sealed partial class AddressSpace
{
    public void Set(int node, Variant value, StatusCode status, UaDateTime sourceTime)
    {
        lock (Gate)
        {
            _values.Set(ValueOf(node), value, status, sourceTime);
        }
    }

    /// <summary>A scalar of the variable's own type by its <see cref="Variant.Bits"/>.</summary>
    public void Set(int node, long bits, StatusCode status, UaDateTime sourceTime)
    {
        lock (Gate)
        {
            var index = ValueOf(node);
            _values.Set(index, Variant.Inline(_values.TypeOf(index), bits), status, sourceTime);
        }
    }

    /// <summary>From now on the value is computed at each reading.</summary>
    public void SetFunction(int node, Func<UaDateTime, DataValue> function)
    {
        lock (Gate)
        {
            _values.SetFunction(ValueOf(node), function);
        }
    }

    /// <summary>The status stands, whatever is set or computed, until null is forced.</summary>
    public void ForceStatus(int node, StatusCode? status, UaDateTime time)
    {
        lock (Gate)
        {
            _values.ForceStatus(ValueOf(node), status, time);
        }
    }

    /// <summary>What a reading at this instant gives.</summary>
    public DataValue Get(int node, UaDateTime now)
    {
        lock (Gate)
        {
            _values.Read(ValueOf(node), now, out var value, out var status, out var time);
            return new(value, status, time, now);
        }
    }

    /// <summary>Adds one to each of these integer variables: the whole tick of a counting test.</summary>
    /// <param name="nodes">Their handles.</param>
    /// <param name="time">Their source time.</param>
    public void CountUp(ReadOnlySpan<int> nodes, UaDateTime time)
    {
        lock (Gate)
        {
            foreach (var node in nodes)
            {
                _values.CountUp(ValueOf(node), time);
            }
        }
    }

    internal int ValueOf(int node)
    {
        var value = _nodes[node].Value;
        return value >= 0 ? value : throw new ArgumentException($"{_nodes[node].Id} is no variable.", nameof(node));
    }
}

using System.Buffers.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// Where Browse and HistoryRead go on (Part 4, 7.9), by an id that the client gives back once. When there are too many
/// the oldest is dropped.
/// </summary>
internal sealed class ContinuationPoints
{
    private readonly LinkedList<(ulong Id, object State)> _points = [];
    private ulong _lastId;

    public int Count => _points.Count;

    public byte[] Add(object state, int limit)
    {
        if (_points.Count >= Math.Max(1, limit))
        {
            _points.RemoveFirst();
        }

        _points.AddLast((++_lastId, state));
        var id = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(id, _lastId);
        return id;
    }

    /// <summary>Takes the state out; null if there is none of that kind under this id.</summary>
    public T? Take<T>(ReadOnlySpan<byte> id)
        where T : class
    {
        if (id.Length != sizeof(ulong))
        {
            return null;
        }

        var wanted = BinaryPrimitives.ReadUInt64LittleEndian(id);
        for (var point = _points.First; point is not null; point = point.Next)
        {
            if (point.Value.Id == wanted && point.Value.State is T state)
            {
                _points.Remove(point);
                return state;
            }
        }

        return null;
    }
}

using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Kpi.Measures;

/// <summary>
/// Rows by the minute they start at, ascending; only rows that were touched exist. A ring that doubles.
/// </summary>
internal sealed class Buckets<T>
    where T : struct
{
    private const int CapacityMin = 16;

    private long[] _starts = [];
    private T[] _rows = [];
    private int _head;

    public int Count { get; private set; }

    public long StartAt(int index) => _starts[Slot(index)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T RowAt(int index) => ref _rows[Slot(index)];

    /// <summary>The row that starts there, added if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Touch(long start)
    {
        var last = Count - 1;
        if (last >= 0 && _starts[Slot(last)] == start)
        {
            return ref _rows[Slot(last)];
        }

        return ref Insert(start);
    }

    /// <summary>The index of the first row that starts at or after <paramref name="start"/>.</summary>
    public int IndexFrom(long start)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[Slot(middle)] < start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public void RemoveFirst()
    {
        _head = Slot(1);
        Count--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(int index) => (_head + index) & (_rows.Length - 1);

    private ref T Insert(long start)
    {
        var index = IndexFrom(start);
        if (index < Count && _starts[Slot(index)] == start)
        {
            return ref _rows[Slot(index)];
        }

        if (Count == _rows.Length)
        {
            Grow();
        }

        for (var i = Count; i > index; i--)
        {
            _starts[Slot(i)] = _starts[Slot(i - 1)];
            _rows[Slot(i)] = _rows[Slot(i - 1)];
        }

        Count++;
        _starts[Slot(index)] = start;
        _rows[Slot(index)] = default;
        return ref _rows[Slot(index)];
    }

    private void Grow()
    {
        var starts = new long[Math.Max(CapacityMin, 2 * Count)];
        var rows = new T[starts.Length];
        for (var i = 0; i < Count; i++)
        {
            starts[i] = _starts[Slot(i)];
            rows[i] = _rows[Slot(i)];
        }

        (_starts, _rows, _head) = (starts, rows, 0);
    }
}

using System.Text;

namespace EdgeAgent.Core.Kpi.Snapshots;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote; anything else is a <see cref="KpiSnapshotException"/>.
/// </summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public readonly bool AtEnd => _rest.IsEmpty;

    public static KpiSnapshotException Damaged(string what) =>
        new($"The KPI snapshot is damaged: {what}. Delete it; the engine then starts over from the journal.");

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public Int128 Signed128()
    {
        UInt128 value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift > 126 || (shift == 126 && next > 3))
            {
                throw Damaged("a number has too many bits");
            }

            value |= (UInt128)(uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (Int128)(value >> 1) ^ -(Int128)(value & 1);
            }
        }
    }

    /// <param name="max">The most there can be.</param>
    public int Count(int max)
    {
        var value = Unsigned();
        return value <= (ulong)max ? (int)value : throw Damaged($"a count of {value}, at most {max}");
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw Damaged($"{other} where 0 or 1 is due"),
    };

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            throw Damaged("it ends too early");
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <param name="max">The highest value there is.</param>
    public byte Byte(byte max) =>
        Byte() is var value && value <= max ? value : throw Damaged($"{value} where at most {max} is due");

    public string Text(int maxBytes)
    {
        var length = Count(maxBytes);
        if (length > _rest.Length)
        {
            throw Damaged("it ends too early");
        }

        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            if (shift > 63 || (shift == 63 && next > 1))
            {
                throw Damaged("a number has too many bits");
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

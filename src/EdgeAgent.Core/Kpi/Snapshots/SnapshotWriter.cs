using System.Buffers;
using System.Text;

namespace EdgeAgent.Core.Kpi.Snapshots;

/// <summary>The four kinds of field a snapshot body is made of; drawn at <see cref="SnapshotFormat"/>.</summary>
internal sealed class SnapshotWriter(IBufferWriter<byte> output)
{
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Signed128(Int128 value)
    {
        var rest = (UInt128)((value << 1) ^ (value >> 127));
        for (; rest >= 0x80; rest >>= 7)
        {
            Byte((byte)((byte)rest | 0x80));
        }

        Byte((byte)rest);
    }

    public void Count(int value) => Unsigned((ulong)value);

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Count(bytes.Length);
        output.Write(bytes);
    }

    private void Unsigned(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }
}

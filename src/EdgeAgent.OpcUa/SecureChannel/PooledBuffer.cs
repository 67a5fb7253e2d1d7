using System.Buffers;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// Bytes behind each other in a rented array that grows and is kept: frames to be sent, or the parts of a message.
/// </summary>
internal sealed class PooledBuffer : IDisposable
{
    // Enough for many small requests; grows for large ones.
    private const int FirstBytes = 16 << 10;

    // A larger array goes back after use: one request for 100,000 items shall not cost 16 MiB for ever.
    private const int KeptBytes = 1 << 20;

    public byte[] Bytes { get; private set; } = [];

    public int Length { get; private set; }

    /// <summary>
    /// Makes room for <paramref name="count"/> bytes and returns where they begin; what stands there is old.
    /// </summary>
    public int Take(int count)
    {
        var offset = Length;
        if (Bytes.Length - offset < count)
        {
            Grow(offset + count);
        }

        Length += count;
        return offset;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var offset = Take(bytes.Length);
        bytes.CopyTo(Bytes.AsSpan(offset));
    }

    public void Clear()
    {
        Length = 0;
        if (Bytes.Length > KeptBytes)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Length = 0;
        if (Bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Bytes);
            Bytes = [];
        }
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstBytes, Bytes.Length * 2)));
        Bytes.AsSpan(0, Length).CopyTo(larger);
        if (Bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Bytes);
        }

        Bytes = larger;
    }
}

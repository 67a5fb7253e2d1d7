namespace EdgeAgent.OpcUa.Transport;

/// <summary>
/// The receiving side of a connection: bytes come in at the end, whole frames are taken off the front and read where
/// they lie. Several chunks fit, so that a long message takes few reads.
/// </summary>
/// <param name="maxFrame">Largest frame that will be asked for, in bytes.</param>
internal sealed class FrameBuffer(int maxFrame)
{
    // Four chunks at a time: a message of 10,000 values (340 KB) then takes two or three reads.
    private const int ChunksAtOnce = 4;

    private int _start;
    private int _end;

    /// <summary>Pinned, so that the socket need not pin it for each read.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(maxFrame * ChunksAtOnce, pinned: true);

    // The rest of a frame is moved to the front when the whole of it might not fit behind what is there.
    private int MaxFrame => Bytes.Length / ChunksAtOnce;

    /// <summary>Where the next bytes go; frames taken before must no longer be used.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_start == _end)
            {
                (_start, _end) = (0, 0);
            }
            else if (Bytes.Length - _end < MaxFrame && _start > 0)
            {
                Bytes.AsSpan(_start.._end).CopyTo(Bytes);
                (_start, _end) = (0, _end - _start);
            }

            return Bytes.AsMemory(_end);
        }
    }

    /// <summary>Whether a part of a frame waits for its rest.</summary>
    public bool HasRest => _start < _end;

    /// <summary>So many bytes have come in to <see cref="Free"/>.</summary>
    public void Added(int count) => _end += count;

    /// <summary>
    /// Takes a whole frame off the front; it lies at <paramref name="offset"/> of <see cref="Bytes"/>.
    /// </summary>
    /// <exception cref="OpcUaException">What is there can never become a legal frame; close.</exception>
    public bool TryTake(int maxSize, out FrameHeader frame, out int offset)
    {
        offset = _start;
        if (!FrameHeader.TryRead(Bytes.AsSpan(_start.._end), Math.Min(maxSize, MaxFrame), out frame)
            || _end - _start < frame.Size)
        {
            return false;
        }

        _start += frame.Size;
        return true;
    }
}

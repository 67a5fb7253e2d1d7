using EdgeAgent.Journal.Disk;

namespace EdgeAgent.Journal.Segments;

/// <summary>A stretch of a file in memory that moves along with its reader.</summary>
internal sealed class SegmentWindow(IStoredFile file) : IDisposable
{
    private const int BufferBytesMin = 128 * 1024;
    private const int SectorBytes = 4 * 1024;
    private const int InputOutputError = 5;

    private byte[] _buffer = new byte[BufferBytesMin];
    private long _start;
    private int _count;

    /// <summary>
    /// Bytes <paramref name="offset"/> to offset + count. The caller stays inside the file. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Peek(long offset, int count)
    {
        if (offset < _start || offset + count > _start + _count)
        {
            Fill(offset, count);
        }

        return _buffer.AsSpan((int)(offset - _start), count);
    }

    /// <summary>Forgets what was read at or behind the end of the file, where a writer has appended since.</summary>
    public void Forget() => _count = 0;

    public void Dispose() => file.Dispose();

    private void Fill(long offset, int count)
    {
        if (count > _buffer.Length)
        {
            _buffer = new byte[count];
        }

        _start = offset;
        try
        {
            _count = file.Read(offset, _buffer);
        }
        catch (IOException broken) when (broken.HResult == InputOutputError)
        {
            _count = ReadSectors(offset);
        }

        // A file that got shorter while it is read: what is missing reads as zeros, and so as damage.
        if (_count < count)
        {
            _buffer.AsSpan(_count, count - _count).Clear();
            _count = count;
        }
    }

    // A sector that the medium cannot read becomes zeros, which no checksum takes for data.
    private int ReadSectors(long offset)
    {
        var length = (int)Math.Min(_buffer.Length, file.Length - offset);
        for (var at = 0; at < length; at += SectorBytes)
        {
            var sector = _buffer.AsSpan(at, Math.Min(SectorBytes, length - at));
            try
            {
                sector[file.Read(offset + at, sector)..].Clear();
            }
            catch (IOException broken) when (broken.HResult == InputOutputError)
            {
                sector.Clear();
            }
        }

        return Math.Max(length, 0);
    }
}

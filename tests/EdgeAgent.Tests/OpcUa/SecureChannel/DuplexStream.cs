using System.IO.Pipelines;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>One end of a connection in memory that behaves as a socket does when either end is closed.</summary>
internal sealed class DuplexStream : Stream
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 0);

    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private volatile bool _isDisposed;

    private DuplexStream(PipeReader reader, PipeWriter writer) => (_reader, _writer) = (reader, writer);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (DuplexStream Client, DuplexStream Server) Pair()
    {
        var (up, down) = (new Pipe(Options), new Pipe(Options));
        return (new(down.Reader, up.Writer), new(up.Reader, down.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var result = await _reader.ReadAsync(cancellationToken);
        if (_isDisposed)
        {
            throw new IOException("The connection was closed here.");
        }

        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, count);
        var rest = buffer.Span;
        foreach (var segment in taken)
        {
            segment.Span.CopyTo(rest);
            rest = rest[segment.Length..];
        }

        _reader.AdvanceTo(taken.End);
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writer.WriteAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        _writer.Complete();
        _reader.CancelPendingRead();
        base.Dispose(disposing);
    }
}

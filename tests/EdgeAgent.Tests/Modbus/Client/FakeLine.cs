using EdgeAgent.Modbus.Client;

namespace EdgeAgent.Tests.Modbus.Client;

/// <summary>A line in memory: what the client writes is handed to the test, which delivers bytes when it likes.</summary>
internal sealed class FakeLine : Line
{
    private readonly FakeStream _stream;

    public FakeLine(Action<byte[]> requested) => _stream = new(requested);

    public override Stream Stream => _stream;

    public override int Available => _stream.Waiting;

    public bool IsClosed { get; private set; }

    public void Deliver(ReadOnlySpan<byte> bytes) => _stream.Deliver(bytes);

    /// <summary>The peer closes.</summary>
    public void End() => _stream.End();

    public override ValueTask DisposeAsync()
    {
        IsClosed = true;
        return ValueTask.CompletedTask;
    }

    private sealed class FakeStream(Action<byte[]> requested) : Stream
    {
        private readonly Queue<byte> _bytes = new();
        private TaskCompletionSource? _arrival;
        private bool _isEnded;

        public int Waiting => _bytes.Count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public void Deliver(ReadOnlySpan<byte> bytes)
        {
            foreach (var value in bytes)
            {
                _bytes.Enqueue(value);
            }

            _arrival?.TrySetResult();
        }

        public void End()
        {
            _isEnded = true;
            _arrival?.TrySetResult();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_bytes.Count == 0 && !_isEnded)
            {
                _arrival = new();
                await using var registration =
                    cancellationToken.UnsafeRegister(_ => _arrival.TrySetCanceled(cancellationToken), null);
                await _arrival.Task;
            }

            var count = 0;
            while (count < buffer.Length && _bytes.TryDequeue(out var value))
            {
                buffer.Span[count++] = value;
            }

            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            requested(buffer.ToArray());
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

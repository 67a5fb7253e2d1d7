using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

/// <summary>
/// A server within the stream: each request is answered at once with the same body, without allocation, so that a
/// client that posts from its receive loop stays on one thread, whose allocations can be measured.
/// </summary>
internal sealed class LoopStream(ClientChannelSettings settings, byte[] answer) : Stream
{
    private readonly ChunkReader _reader = new();
    private readonly PooledBuffer _received = new();
    private readonly PooledBuffer _answers = new();
    private ChunkWriter? _writer;
    private MessageAssembler? _assembler;
    private OpenSecurity? _security;
    private int _read;
    private bool _isDisposed;
    private (TaskCompletionSource<int> Count, Memory<byte> Buffer)? _waiting;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_answers)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_answers.Length > 0)
            {
                return new(Take(buffer));
            }

            // Only before the first answer and behind the last one.
            var count = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = (count, buffer);
            return new(count.Task);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_answers)
        {
            _received.Clear();
            _received.Append(buffer.Span);
            for (var offset = 0; offset < _received.Length;)
            {
                var bytes = _received.Bytes.AsSpan(offset, _received.Length - offset);
                FrameHeader.TryRead(bytes, settings.Limits.ChunkBytes, out var frame);
                OnFrame(frame, offset);
                offset += frame.Size;
            }

            if (_waiting is { } waiting && _answers.Length > 0)
            {
                _waiting = null;
                waiting.Count.SetResult(Take(waiting.Buffer));
            }
        }

        return ValueTask.CompletedTask;
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
        lock (_answers)
        {
            _isDisposed = true;
            _waiting?.Count.TrySetException(new IOException("The connection was closed here."));
        }

        _security?.Dispose();
        base.Dispose(disposing);
    }

    private int Take(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _answers.Length - _read);
        _answers.Bytes.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        if (_read == _answers.Length)
        {
            _answers.Clear();
            _read = 0;
        }

        return count;
    }

    private void OnFrame(FrameHeader frame, int offset)
    {
        switch (frame.Type)
        {
            case MessageType.Hello:
                var hello = Hello.Decode(_received.Bytes.AsSpan(offset, frame.Size));
                var (agreement, acknowledge) = TransportAgreement.Of(settings.Limits, hello);
                _writer = new(agreement, StatusCodes.BadResponseTooLarge) { ChannelId = 1 };
                _assembler = new(agreement, StatusCodes.BadRequestTooLarge);
                _answers.Append(acknowledge.Encode());
                break;
            case MessageType.OpenSecureChannel:
                Open(frame, offset);
                break;
            case MessageType.Message:
                var chunk = _reader.Read(_received.Bytes, offset, frame, 0);
                if (_assembler!.TryAdd(_received.Bytes, chunk, out var request))
                {
                    _writer!.Write(MessageType.Message, request.RequestId, answer, _answers);
                }

                break;
        }
    }

    private void Open(FrameHeader frame, int offset)
    {
        _security = OpenSecurity.Of(
            settings.Policy,
            TestCertificates.Of("server"),
            [],
            settings.Policy.IsSecure ? settings.Certificate!.RawData : []);
        var chunk = _reader.ReadOpen(_received.Bytes, offset, frame, _security);
        var body = new UaReader(_received.Bytes.AsSpan(chunk.Offset, chunk.Length), DecodingLimits.Default);
        body.ReadNodeId();
        var request = OpenSecureChannelRequest.Decode(ref body);
        var nonce = settings.Policy.IsSecure ? RandomNumberGenerator.GetBytes(32) : null;
        var (sending, receiving) =
            SymmetricKeys.Derive(settings.Policy, request.SecurityMode, nonce, request.ClientNonce);
        _reader.ChannelId = 1;
        _reader.AddToken(1, receiving, long.MaxValue);
        _writer!.UseToken(1, sending);
        var response = new OpenSecureChannelResponse
        {
            SecurityToken = new() { ChannelId = 1, TokenId = 1, RevisedLifetime = 3_600_000 },
            ServerNonce = nonce,
        };
        _writer.WriteOpen(_security, chunk.RequestId, ScriptedServer.Encoded(response), _answers);
    }
}

using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The writing half: responses are cut into chunks under a lock, in the order of the wire; whoever finds nobody writing
/// to the socket writes, until nothing is left.
/// </summary>
internal sealed partial class ServerConnection
{
    // How long the last words to a client may take.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private const int GarbageBytes = 64;

    // Taken within the gate of the space, never the other way round.
    private readonly Lock _sendLock = new();
    private PooledBuffer _unsent = new();
    private PooledBuffer _sending = new();
    private bool _isSending;
    private Task _flushing = Task.CompletedTask;
    private bool _isOver;
    private bool _isBroken;
    private (uint RequestId, byte[] Message)? _held;
    private TaskCompletionSource? _waitsForRoom;

    public bool HasRoom
    {
        get
        {
            lock (_sendLock)
            {
                return HasRoomNow();
            }
        }
    }

    public void Respond(uint requestId, ReadOnlySpan<byte> message)
    {
        var fault = _state.Faults.TakeResponseFault(message);
        if (_state.Faults.ResponseDelay > TimeSpan.Zero)
        {
            _ = RespondLateAsync(requestId, message.ToArray(), fault, _state.Faults.ResponseDelay);
        }
        else
        {
            Respond(requestId, message, fault);
        }
    }

    /// <summary>Writes bytes that are no message.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        lock (_sendLock)
        {
            _unsent.Append(bytes);
        }

        Flush();
    }

    /// <summary>Breaks the connection: with a reset, or with a plain end.</summary>
    public void Drop(bool withReset)
    {
        lock (_sendLock)
        {
            _isBroken = true;
            LetIn();
        }

        try
        {
            if (withReset)
            {
                _socket.LingerState = new(true, 0);
                _socket.Close();
            }
            else
            {
                _socket.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is gone already, which was the wish.
        }
    }

    /// <summary>Goes on after a stall.</summary>
    public void Resume()
    {
        lock (_sendLock)
        {
            LetIn();
        }

        Flush();
    }

    private bool HasRoomNow() =>
        !_isOver && !_state.Faults.IsStalled && _unsent.Length < _state.Limits.UnsentBytes;

    private void LetIn()
    {
        if (HasRoomNow() || _isBroken)
        {
            _waitsForRoom?.TrySetResult();
            _waitsForRoom = null;
        }
    }

    /// <summary>
    /// While the client does not read its answers, or a test stalls the server, nothing more is taken.
    /// </summary>
    private Task WaitForRoomAsync()
    {
        lock (_sendLock)
        {
            if (HasRoomNow() || _isBroken)
            {
                return Task.CompletedTask;
            }

            _waitsForRoom ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waitsForRoom.Task;
        }
    }

    private async Task RespondLateAsync(uint requestId, byte[] message, ResponseFault fault, TimeSpan delay)
    {
        await Task.Delay(delay, _state.Clock.Provider);
        Respond(requestId, message, fault);
    }

    private void Respond(uint requestId, ReadOnlySpan<byte> message, ResponseFault fault)
    {
        lock (_sendLock)
        {
            if (_isOver)
            {
                return;
            }

            if (fault == ResponseFault.Late)
            {
                _held = (requestId, message.ToArray());
                return;
            }

            Write(requestId, message, fault);
            if (_held is { } held)
            {
                _held = null;
                Write(held.RequestId, held.Message, ResponseFault.None);
            }
        }

        Flush();
    }

    private void Write(uint requestId, ReadOnlySpan<byte> message, ResponseFault fault)
    {
        var channel = _channel!;
        switch (fault)
        {
            case ResponseFault.Lost:
                break;
            case ResponseFault.Garbage:
                _unsent.Append(RandomNumberGenerator.GetBytes(GarbageBytes));
                break;
            case ResponseFault.Aborted:
                channel.WriteAborted(requestId, message, StatusCodes.BadInternalError, _unsent);
                break;
            case ResponseFault.WrongToken:
                var start = _unsent.Length;
                channel.Write(requestId, message, _unsent);
                ServerChannel.SpoilToken(_unsent, start);
                break;
            case ResponseFault.Twice:
                channel.Write(requestId, message, _unsent);
                channel.Write(requestId, message, _unsent);
                break;
            default:
                WriteOrAbort(channel, requestId, message);
                break;
        }
    }

    private void WriteOrAbort(ServerChannel channel, uint requestId, ReadOnlySpan<byte> message)
    {
        try
        {
            channel.Write(requestId, message, _unsent);
        }
        catch (OpcUaException tooLarge)
        {
            // Part 6, 6.7.3: a response that the client would not take is given up.
            channel.WriteAborted(requestId, default, tooLarge.Status, _unsent);
        }
    }

    private void Open(FrameHeader frame, int offset)
    {
        lock (_state.Space.Gate)
        {
            lock (_sendLock)
            {
                _channel!.Open(_received.Bytes, offset, frame, _unsent);
            }
        }

        Flush();
    }

    private void FollowToken()
    {
        lock (_sendLock)
        {
            _channel!.FollowToken();
        }
    }

    private void Flush()
    {
        lock (_sendLock)
        {
            if (_isSending || _isOver || _unsent.Length == 0 || _state.Faults.IsStalled)
            {
                return;
            }

            _isSending = true;
        }

        _flushing = FlushAsync();
    }

    private async Task FlushAsync()
    {
        try
        {
            while (TakeUnsent())
            {
                await _stream.WriteAsync(_sending.Bytes.AsMemory(0, _sending.Length));
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The reading half finds the same end and cleans up.
            Drop(withReset: true);
        }
    }

    private bool TakeUnsent()
    {
        lock (_sendLock)
        {
            _sending.Clear();
            if (_unsent.Length == 0 || _isOver || _state.Faults.IsStalled)
            {
                _isSending = false;
                return false;
            }

            (_sending, _unsent) = (_unsent, _sending);
            LetIn();
            return true;
        }
    }

    /// <summary>Tells the client why, and gives it a moment to read it.</summary>
    private async Task SayAsync(ErrorMessage reason)
    {
        SendRaw(reason.EncodeFrame());
        try
        {
            _socket.Shutdown(SocketShutdown.Receive);
            await Task.WhenAny(_flushing, Task.Delay(FarewellTime, _state.Clock.Provider));
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The client did not wait for the reason.
        }
    }

    public void Dispose()
    {
        lock (_sendLock)
        {
            (_isOver, _isBroken) = (true, true);
            LetIn();
            _stream.Dispose();
            _channel?.Dispose();
            if (!_isSending)
            {
                _sending.Dispose();
                _unsent.Dispose();
            }
        }
    }
}

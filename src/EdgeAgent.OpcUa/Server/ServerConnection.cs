using System.Net.Sockets;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.OpcUa.Server;

/// <summary>One client's TCP connection, its reading half: a loop that reads, checks and serves.</summary>
internal sealed partial class ServerConnection : IServerConnection, IDisposable
{
    // Headers, padding and signature of a chunk take less.
    private const int ChunkOverhead = 128;

    private readonly ServerCore _core;
    private readonly ServerState _state;
    private readonly uint _id;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly FrameBuffer _received;
    private ServerChannel? _channel;

    public ServerConnection(Socket socket, ServerCore core, uint id)
    {
        (_socket, _core, _state, _id) = (socket, core, core.State, id);
        _socket.NoDelay = true;
        _stream = new(socket, ownsSocket: true);
        _received = new(_state.Limits.Transport.ChunkBytes);
    }

    public ChannelSecurity Security => _channel!.Security!;

    public int MaxMessageBytes => (int)Math.Min(
        _channel!.Agreement.SendMessageBytes,
        _channel.Agreement.SendChunkCount * (long)(_channel.Agreement.SendChunkBytes - ChunkOverhead));

    /// <summary>Serves until the client or the server has enough.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _stream.ReadAsync(_received.Free) is var count and > 0)
            {
                _received.Added(count);
                await ServeAsync();
            }
        }
        catch (OpcUaException failure)
        {
            await SayAsync(new(failure.Status, failure.Message));
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or a test has broken the connection: nothing is left to say.
        }
        finally
        {
            _core.Closed(this);
            Dispose();
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            await WaitForRoomAsync();
            if (!TryServe())
            {
                return;
            }
        }
    }

    /// <summary>
    /// Serves the frame at the front, if it is whole; false at a CloseSecureChannel and where there is none.
    /// </summary>
    private bool TryServe()
    {
        var largest = _channel?.Agreement.ReceiveChunkBytes ?? _state.Limits.Transport.ChunkBytes;
        if (!_received.TryTake(largest, out var frame, out var offset))
        {
            return false;
        }

        if (_channel is null)
        {
            Agree(frame, offset);
            return true;
        }

        switch (frame.Type)
        {
            case MessageType.OpenSecureChannel:
                Open(frame, offset);
                return true;
            case MessageType.Message:
                var chunk = _channel.Read(_received.Bytes, offset, frame);
                FollowToken();
                if (_channel.Assembler.TryAdd(_received.Bytes, chunk, out var message))
                {
                    Serve(message);
                }

                return true;
            case MessageType.CloseSecureChannel:
                _channel.Read(_received.Bytes, offset, frame);
                _socket.Shutdown(SocketShutdown.Receive);
                return false;
            default:
                throw new OpcUaException(
                    StatusCodes.BadTcpMessageTypeInvalid, $"A frame of type {frame.Type} came on an open channel.");
        }
    }

    private void Serve(in AssembledMessage message)
    {
        if (message.Aborted is null)
        {
            _core.Handle(this, message.RequestId, message.Body);
        }
    }

    private void Agree(FrameHeader frame, int offset)
    {
        if (frame.Type != MessageType.Hello)
        {
            throw new OpcUaException(
                StatusCodes.BadTcpMessageTypeInvalid, $"A connection begins with Hello, not with {frame.Type}.");
        }

        var hello = Hello.Decode(_received.Bytes.AsSpan(offset, frame.Size));
        var (agreement, answer) = TransportAgreement.Of(_state.Limits.Transport, hello);
        _channel = new(_state, _id, agreement);
        SendRaw(answer.Encode());
    }
}

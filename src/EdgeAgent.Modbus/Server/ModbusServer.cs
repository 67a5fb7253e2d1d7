using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Modbus.Framing;

namespace EdgeAgent.Modbus.Server;

/// <summary>
/// A small read-only server for the simulator and for tests: function codes 1 to 4, everything else is refused with
/// IllegalFunction. A request for a unit that is not there gets no answer, as on a serial line.
/// <code>
/// using var server = ModbusServer.ListenTcp();                       // bound now, see Port
/// server.Units[1] = new ModbusUnit(holdingRegisters: 100);
/// await server.RunAsync(cancellationToken);                          // serves until cancelled
/// </code>
/// </summary>
public sealed class ModbusServer : IDisposable
{
    /// <summary>Clients served at a time; more wait in the listen queue. Devices in the field offer 1 to 16.</summary>
    public const int MaxConnections = 64;

    // Longer than any pause inside a frame on a pseudo terminal or a local socket, shorter than any client's patience.
    private static readonly TimeSpan RtuSilence = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener? _listener;
    private readonly Stream? _line;
    private readonly bool _isRtu;
    private readonly TimeProvider _clock;
    private readonly ModbusResponder _responder;
    private readonly ConcurrentDictionary<Socket, byte> _clients = new();

    private ModbusServer(TcpListener? listener, Stream? line, bool isRtu, TimeProvider clock)
    {
        _listener = listener;
        _line = line;
        _isRtu = isRtu;
        _clock = clock;
        _responder = new(Units);
    }

    /// <summary>The units by their identifier. May change while the server runs.</summary>
    public ConcurrentDictionary<byte, ModbusUnit> Units { get; } = new();

    /// <summary>Asked for every request how to misbehave; called on the connection's own task.</summary>
    public Func<ModbusRequest, ModbusFault>? Fault { get; set; }

    /// <summary>The TCP port in use; 0 for a serial line.</summary>
    public int Port => _listener is null ? 0 : ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Requests understood so far.</summary>
    public long RequestCount => _responder.RequestCount;

    /// <summary>Connections open at this moment.</summary>
    public int ConnectionCount => _clients.Count;

    /// <summary>Binds 127.0.0.1 for Modbus TCP.</summary>
    /// <param name="port">0 takes any free one.</param>
    /// <param name="clock">For <see cref="ModbusFault.Delay"/>; the system's by default.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static ModbusServer ListenTcp(int port = 0, TimeProvider? clock = null) =>
        new(Bind(port), line: null, isRtu: false, clock ?? TimeProvider.System);

    /// <summary>Binds 127.0.0.1 for RTU frames over TCP, as a transparent serial-to-Ethernet converter does.</summary>
    /// <inheritdoc cref="ListenTcp"/>
    public static ModbusServer ListenRtuOverTcp(int port = 0, TimeProvider? clock = null) =>
        new(Bind(port), line: null, isRtu: true, clock ?? TimeProvider.System);

    /// <summary>Serves RTU frames on an open line, which stays the caller's.</summary>
    public static ModbusServer OverLine(Stream line, TimeProvider? clock = null) =>
        new(listener: null, line, isRtu: true, clock ?? TimeProvider.System);

    /// <summary>Serves until cancelled, or until the line ends. All connections are closed on return.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_line is not null)
        {
            await ServeLineAsync(_line, cancellationToken);
            return;
        }

        using var places = new SemaphoreSlim(MaxConnections);
        var connections = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                await places.WaitAsync(cancellationToken);
                var socket = await _listener!.AcceptSocketAsync(cancellationToken);
                var connection = ServeAsync(socket, cancellationToken);
                connections.TryAdd(connection, 0);
                _ = connection.ContinueWith(
                    done =>
                    {
                        connections.TryRemove(done, out _);
                        places.Release();
                    },
                    CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how a server ends.
        }
        finally
        {
            await Task.WhenAll(connections.Keys);
        }
    }

    /// <summary>Breaks every open connection, as a power cut of the device's network card does.</summary>
    public void DropConnections()
    {
        foreach (var client in _clients.Keys)
        {
            client.Close(timeout: 0);
        }
    }

    public void Dispose()
    {
        _listener?.Dispose();
        DropConnections();
    }

    private static TcpListener Bind(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private async Task ServeLineAsync(Stream line, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(line, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how a server ends.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        _clients.TryAdd(socket, 0);
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await ServeAsync(stream, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException
            or ModbusProtocolException or OperationCanceledException)
        {
            // A client that leaves or talks nonsense loses its connection, nothing else.
        }
        finally
        {
            _clients.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private Task ServeAsync(Stream stream, CancellationToken cancellationToken) =>
        _isRtu ? ServeRtuAsync(stream, cancellationToken) : ServeTcpAsync(stream, cancellationToken);

    private async Task ServeTcpAsync(Stream stream, CancellationToken cancellationToken)
    {
        var input = new byte[MbapFrame.MaxLength];
        var output = new byte[MbapFrame.MaxLength];
        var count = 0;
        while (true)
        {
            while (TakeTcpRequest(input.AsSpan(0, count), output, out var taken, out var length, out var fault))
            {
                input.AsSpan(taken, count - taken).CopyTo(input);
                count -= taken;
                if (!await SendAsync(stream, output.AsMemory(0, length), fault, cancellationToken))
                {
                    return;
                }
            }

            var read = await stream.ReadAsync(input.AsMemory(count), cancellationToken);
            if (read == 0)
            {
                return;
            }

            count += read;
        }
    }

    private bool TakeTcpRequest(
        ReadOnlySpan<byte> input, Span<byte> output, out int taken, out int length, out ModbusFault fault)
    {
        (taken, length, fault) = (0, 0, default);
        if (!MbapFrame.TryRead(input, out var frame))
        {
            return false;
        }

        taken = frame.Length;
        var request = _responder.Describe(frame.Unit, frame.Pdu);
        fault = Fault?.Invoke(request) ?? default;
        var pduLength = _responder.Answer(request, frame.Pdu, fault, output[MbapFrame.HeaderLength..]);
        if (pduLength > 0)
        {
            length = MbapFrame.Write(output, frame.TransactionId, frame.Unit, pduLength);
            if (fault.ShiftsTransactionId)
            {
                ModbusResponder.ShiftTransactionId(output);
            }
        }

        return true;
    }

    // The length of a request is only known for reads; anything else ends with silence and is refused as a whole.
    private async Task ServeRtuAsync(Stream stream, CancellationToken cancellationToken)
    {
        var input = new byte[RtuFrame.MaxLength];
        var output = new byte[RtuFrame.MaxLength];
        while (true)
        {
            var count = await stream.ReadAsync(input, cancellationToken);
            if (count == 0)
            {
                return;
            }

            while (!IsWholeRead(input.AsSpan(0, count)) && count < input.Length)
            {
                using var silence = new CancellationTokenSource(RtuSilence, _clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
                try
                {
                    count += await stream.ReadAsync(input.AsMemory(count), either.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    break;
                }
            }

            var length = AnswerRtu(input.AsSpan(0, count), output, out var fault);
            if (!await SendAsync(stream, output.AsMemory(0, length), fault, cancellationToken))
            {
                return;
            }
        }
    }

    private static bool IsWholeRead(ReadOnlySpan<byte> input) =>
        input.Length >= RtuFrame.RequestLength && ((ModbusFunction)input[1]).IsKnown;

    private int AnswerRtu(ReadOnlySpan<byte> input, Span<byte> output, out ModbusFault fault)
    {
        fault = default;
        RtuFrame frame;
        try
        {
            frame = RtuFrame.ReadDelimited(IsWholeRead(input) ? input[..RtuFrame.RequestLength] : input);
        }
        catch (ModbusProtocolException)
        {
            return 0; // A serial device does not answer what it cannot read (Modbus over Serial Line V1.02, 2.4.1).
        }

        var request = _responder.Describe(frame.Unit, frame.Pdu);
        fault = Fault?.Invoke(request) ?? default;
        var pduLength = _responder.Answer(request, frame.Pdu, fault, output[RtuFrame.HeaderLength..]);
        return pduLength == 0 ? 0 : RtuFrame.Write(output, frame.Unit, pduLength);
    }

    private async Task<bool> SendAsync(
        Stream stream, ReadOnlyMemory<byte> answer, ModbusFault fault, CancellationToken cancellationToken)
    {
        if (fault.DropsConnection)
        {
            return false;
        }

        if (fault.Pause > TimeSpan.Zero)
        {
            await Task.Delay(fault.Pause, _clock, cancellationToken);
        }

        for (var i = 0; !answer.IsEmpty && !fault.IsSilent && i < (fault.IsTwice ? 2 : 1); i++)
        {
            await stream.WriteAsync(answer, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        return true;
    }
}

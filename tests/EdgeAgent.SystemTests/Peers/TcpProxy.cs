using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>A line between a client and a server that can be cut, or made deaf in one direction.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>While true, what the server says is thrown away.</summary>
    public bool SwallowReplies { get; set; }

    /// <summary>Breaks every open connection; new ones are taken.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _open.ForEach(client => client.Close());
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                lock (_open)
                {
                    _open.AddRange([client, server]);
                }

                _ = PumpAsync(client, server, replies: false);
                _ = PumpAsync(server, client, replies: true);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The end of the test.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool replies)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                if (!replies || !SwallowReplies)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            // Cut.
        }

        from.Close();
        to.Close();
    }
}

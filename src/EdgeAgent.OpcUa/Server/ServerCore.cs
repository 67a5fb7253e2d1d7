using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The server without its sockets: services and schedule, one thing at a time under the gate of the space.
/// </summary>
internal sealed class ServerCore : IDisposable
{
    private readonly ServerSchedule _schedule;
    private readonly ServiceRouter _router;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _isOver;

    public ServerCore(ServerSettings settings, AddressSpace space, TimeProvider clock, X509Certificate2 certificate)
    {
        State = new(settings, space, new(clock), certificate);
        var reader = new AttributeReader(State);
        Publishing = new(State);
        Items = new(State, reader);
        _router = new(State, Publishing, Items, reader);
        _schedule = new(State, Publishing, Items);
        ServerObject.Fill(State);
        _timer = clock.CreateTimer(
            static core => ((ServerCore)core!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ServerState State { get; }

    public PublishServices Publishing { get; }

    public MonitoredItemServices Items { get; }

    public long SkippedSteps => _schedule.SkippedSteps;

    /// <summary>Begins to sample and publish.</summary>
    public void Start()
    {
        lock (State.Space.Gate)
        {
            Arm(State.Clock.Elapsed);
        }
    }

    public void Every(TimeSpan interval, Action<UaDateTime> change)
    {
        lock (State.Space.Gate)
        {
            _schedule.Every(interval, change);
            Rearm();
        }
    }

    /// <summary>Serves a whole request.</summary>
    /// <exception cref="OpcUaException">It cannot be decoded; the connection is to be closed.</exception>
    public void Handle(IServerConnection connection, uint requestId, ReadOnlySpan<byte> message)
    {
        lock (State.Space.Gate)
        {
            _schedule.Run();
            _router.Handle(connection, requestId, message);
            Rearm();
        }
    }

    /// <summary>A connection has ended; its sessions wait for another.</summary>
    public void Closed(IServerConnection connection)
    {
        lock (State.Space.Gate)
        {
            foreach (var session in State.Sessions.Values.ToArray())
            {
                if (session.Connection == connection)
                {
                    session.Connection = null;
                    session.Publishes.Clear();
                    if (session.User is null)
                    {
                        State.Remove(session); // Part 4, 5.6.2.1: nobody can activate it from another channel.
                    }
                }
            }
        }
    }

    /// <summary>Does what is due now; tests call it instead of waiting for the timer.</summary>
    public void RunDue()
    {
        lock (State.Space.Gate)
        {
            Arm(_schedule.Run());
        }
    }

    public void Dispose()
    {
        lock (State.Space.Gate)
        {
            _isOver = true;
            foreach (var subscription in State.Subscriptions.Values)
            {
                subscription.Dispose();
            }
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (State.Space.Gate)
        {
            if (!_isOver)
            {
                Arm(_schedule.Run());
            }
        }
    }

    private void Rearm()
    {
        var due = _schedule.NextDue();
        if (due < _armedFor)
        {
            Arm(due);
        }
    }

    private void Arm(long due)
    {
        _armedFor = due;
        var wait = TimeSpan.FromTicks(Math.Max(0, due - State.Clock.Elapsed));

        // Timers count whole milliseconds and round down: a timer that fires early would fire again at once.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}

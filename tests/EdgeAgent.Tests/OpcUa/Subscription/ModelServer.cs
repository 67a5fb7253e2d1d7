using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>
/// A server in memory, in virtual time, that follows the specification where no fault is asked for. It writes down every
/// value that it has put into a queue.
/// </summary>
internal sealed partial class ModelServer
{
    private const int HistoryMax = 400;
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(5);

    private readonly FakeTimeProvider _clock;
    private readonly Random _random;
    private readonly List<ModelSession> _sessions = [];
    private readonly List<ModelSubscription> _subscriptions = [];
    private readonly List<(long At, long Order, Action Do)> _onTheWay = [];
    private readonly List<ModelConnection> _connections = [];
    private long _order;
    private long _sampleAt;
    private long _upAt;
    private long _stalledUntil;
    private uint _lastId = 100;

    public ModelServer(FakeTimeProvider clock, Random random, IReadOnlyList<ModelNode> nodes)
    {
        (_clock, _random, Nodes) = (clock, random, nodes);
        Uris = ["http://opcfoundation.org/UA/", "urn:model", .. nodes.Select(node => node.Uri).Distinct()];
        StartTime = Now;
        foreach (var node in nodes)
        {
            node.Time = Now.Ticks;
            node.History.Add(node.Time);
        }
    }

    public IReadOnlyList<ModelNode> Nodes { get; }

    public List<string> Uris { get; private set; }

    public UaDateTime StartTime { get; private set; }

    public UaDateTime Now => UaDateTime.From(_clock.GetUtcNow());

    /// <summary>Every value that was put into the queue of an item.</summary>
    public HashSet<(ModelNode Node, long Time)> Served { get; } = [];

    /// <summary>The share of nodes that change with each sampling.</summary>
    public double Liveliness { get; set; } = 0.3;

    public bool KnowsTransfer { get; set; } = true;

    public bool KnowsMethods { get; set; } = true;

    public bool KnowsSubscriptions { get; set; } = true;

    public uint? RefusedFilter { get; set; }

    public int ItemsPerCall { get; set; } = int.MaxValue;

    public int ItemsPerSubscription { get; set; } = int.MaxValue;

    public int PublishRequestsMax { get; set; } = 20;

    /// <summary>Chances of a publish response to be lost, delayed, or sent twice.</summary>
    public double Loss { get; set; }

    public double Delay { get; set; }

    public double Duplication { get; set; }

    public bool IsUp => _upAt <= Now.Ticks;

    public bool IsStalled => _stalledUntil > Now.Ticks;

    public int ConnectAttempts { get; private set; }

    public int LargestCall { get; private set; }

    public int PublishWaiting => _sessions.Sum(session => session.Publish.Count);

    public int ItemCount => _subscriptions.Sum(subscription => subscription.Items.Count);

    /// <summary>Ten milliseconds of the server's life.</summary>
    public void Step()
    {
        if (IsUp && !IsStalled)
        {
            Sample();
            Publish();
        }

        while (_onTheWay.Count > 0 && _onTheWay.Where(item => item.At <= Now.Ticks).ToList() is { Count: > 0 } due)
        {
            foreach (var item in due.OrderBy(item => item.At).ThenBy(item => item.Order))
            {
                _onTheWay.Remove(item);
                item.Do();
            }
        }
    }

    public void Drop(uint status = StatusCodes.BadConnectionClosed)
    {
        var connections = _connections.ToList();
        _connections.Clear();
        connections.ForEach(connection => connection.End(status));
    }

    public void LoseSubscriptions()
    {
        _subscriptions.Clear();
        foreach (var session in _sessions)
        {
            session.Publish.ToList().ForEach(waiting => Fault(waiting.Connection, waiting.Handler, StatusCodes.BadNoSubscription));
            session.Publish.Clear();
        }
    }

    public void LoseSessions(bool keepsSubscriptions)
    {
        _sessions.Clear();
        if (!keepsSubscriptions)
        {
            _subscriptions.Clear();
        }
    }

    public void Stall(TimeSpan duration) => _stalledUntil = Now.Ticks + duration.Ticks;

    public void Restart(TimeSpan down, bool keepsHistory, bool reorders)
    {
        LoseSessions(keepsSubscriptions: false);
        Drop();
        _upAt = Now.Ticks + down.Ticks;
        StartTime = new(_upAt);
        if (reorders)
        {
            Uris = [.. Uris.Take(2), .. Uris.Skip(2).OrderBy(_ => _random.Next())];
        }

        foreach (var node in Nodes)
        {
            node.Time = _upAt;
            if (!keepsHistory)
            {
                node.History.Clear();
            }

            node.History.Add(_upAt);
        }
    }

    public ModelNode? Find(NodeId id) => id.NamespaceIndex < Uris.Count
        ? Nodes.FirstOrDefault(node => node.Uri == Uris[id.NamespaceIndex] && node.Id == id.Numeric)
        : null;

    private void Sample()
    {
        if (Now.Ticks < _sampleAt)
        {
            return;
        }

        _sampleAt = Now.Ticks + Sampling.Ticks;
        foreach (var node in Nodes)
        {
            if (_random.NextDouble() >= Liveliness)
            {
                continue;
            }

            node.Time = Now.Ticks;
            node.History.Add(node.Time);
            if (node.History.Count > HistoryMax)
            {
                node.History.RemoveAt(0);
            }

            foreach (var item in _subscriptions.SelectMany(subscription => subscription.Items).Where(item => item.Node == node))
            {
                Report(item);
            }
        }
    }

    private void Report(ModelItem item)
    {
        item.Report(item.Node.Time);
        Served.Add((item.Node, item.Node.Time));
    }

    private void Publish()
    {
        foreach (var subscription in _subscriptions.ToList())
        {
            if (subscription.DueAt > Now.Ticks)
            {
                continue;
            }

            subscription.DueAt += subscription.IntervalTicks;
            var waiting = subscription.Session is { } session && _sessions.Contains(session) ? session.Publish : [];
            if (subscription.Cycle(waiting.Count > 0, Now) is { } response)
            {
                Send(waiting, response);
                if (waiting.Count > 0 && _random.NextDouble() < Duplication)
                {
                    Send(waiting, response);
                }
            }

            if (subscription.HasExpired)
            {
                _subscriptions.Remove(subscription);
            }
        }
    }

    private void Send(List<(ModelConnection Connection, ResponseHandler Handler)> waiting, PublishResponse response)
    {
        var (connection, handler) = waiting[0];
        waiting.RemoveAt(0);
        if (_random.NextDouble() < Loss)
        {
            Later(TimeSpan.FromSeconds(2), () => FailNow(connection, handler, StatusCodes.BadTimeout));
            return;
        }

        var delay = _random.NextDouble() < Delay ? Latency * _random.Next(1, 40) : Latency;
        Later(delay, () => Respond(connection, handler, response));
    }

    private void Later(TimeSpan delay, Action action) =>
        _onTheWay.Add((Math.Max(Now.Ticks + delay.Ticks, _stalledUntil), _order++, action));

    private void Fault(ModelConnection connection, ResponseHandler handler, uint status) =>
        Later(Latency, () => FailNow(connection, handler, status));

    private static void FailNow(ModelConnection connection, ResponseHandler handler, uint status)
    {
        if (connection.Answer(handler))
        {
            handler.OnFailure(new(status, "The model refuses."));
        }
    }

    private static void Respond<T>(ModelConnection connection, ResponseHandler handler, T response)
        where T : class, IUaEncodable<T>
    {
        if (!connection.Answer(handler))
        {
            return;
        }

        var writer = new UaWriter();
        response.Encode(writer);
        var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
        handler.OnResponse(T.EncodingId, ref reader);
    }
}

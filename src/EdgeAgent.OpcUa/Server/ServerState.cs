using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What the services share. Everything but the settings is under the gate of the address space.</summary>
internal sealed class ServerState(
    ServerSettings settings, AddressSpace space, ServerClock clock, X509Certificate2 certificate)
{
    private uint _lastId;

    public ServerSettings Settings => settings;

    public ServerLimits Limits => settings.Limits;

    public AddressSpace Space => space;

    public ServerClock Clock => clock;

    /// <summary>What new channels are opened with.</summary>
    public X509Certificate2 Certificate { get; set; } = certificate;

    public IReadOnlyList<byte[]> CertificateIssuers { get; set; } = settings.CertificateIssuers;

    /// <summary>opc.tcp://… as clients reach it.</summary>
    public string EndpointUrl { get; set; } = "";

    public UaDateTime StartTime { get; set; } = clock.Now;

    public NamespaceOrder Order { get; set; } = new(space.Namespaces, space.Namespaces);

    public FaultState Faults { get; } = new();

    public ServedValues Served { get; } = new();

    /// <summary>By their secret tokens.</summary>
    public Dictionary<NodeId, ServerSession> Sessions { get; } = [];

    public Dictionary<uint, ServerSubscription> Subscriptions { get; } = [];

    public int MonitoredItemCount { get; set; }

    /// <summary>
    /// Up to which instant the schedule has run, in ticks since the server began. What begins now begins behind it: a
    /// change that is due and has not been made must not be missed by a new item.
    /// </summary>
    public long RanTo { get; set; }

    /// <summary>Ids of subscriptions, items, channels and sessions: never used twice.</summary>
    public uint NextId() => ++_lastId;

    /// <summary>How many operations a call may carry; 0: no limit.</summary>
    public int OperationsPerCall => Faults.MaxOperations ?? Limits.OperationsPerCall;

    /// <exception cref="OpcUaException">BadNothingToDo or BadTooManyOperations.</exception>
    public void CheckOperations(int count)
    {
        if (count == 0)
        {
            throw new OpcUaException(StatusCodes.BadNothingToDo, "The request names nothing to do.");
        }

        if (OperationsPerCall > 0 && count > OperationsPerCall)
        {
            throw new OpcUaException(
                StatusCodes.BadTooManyOperations,
                $"{count} operations in a call; at most {OperationsPerCall} are taken.");
        }
    }

    /// <summary>The handle of the node that a client means, or -1.</summary>
    public int Resolve(NodeId wire)
    {
        var index = Order.ToSpace(wire.NamespaceIndex);
        return index < 0 ? -1 : Space.Find(index == wire.NamespaceIndex ? wire : wire.InNamespace((ushort)index));
    }

    /// <summary>What is wrong with an id that <see cref="Resolve"/> does not know.</summary>
    public static StatusCode Unknown(NodeId id) =>
        id.IsNull ? StatusCodes.BadNodeIdInvalid : StatusCodes.BadNodeIdUnknown;

    public void Remove(ServerSession session)
    {
        Sessions.Remove(session.Token);
        foreach (var subscription in session.Subscriptions)
        {
            subscription.Session = null;
        }

        session.Subscriptions.Clear();
    }

    public void Remove(ServerSubscription subscription)
    {
        Subscriptions.Remove(subscription.Id);
        subscription.Session?.Subscriptions.Remove(subscription);
        MonitoredItemCount -= subscription.Items.Count;
        subscription.Dispose();
    }
}

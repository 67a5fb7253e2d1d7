using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// What a test can do to its server while it runs. Everything takes effect at once; nothing undoes itself unless it
/// says so.
/// </summary>
public sealed class ServerFaults
{
    private readonly OpcUaServer _server;
    private readonly ServerCore _core;

    internal ServerFaults(OpcUaServer server, ServerCore core) => (_server, _core) = (server, core);

    /// <summary>How wrong the server's clock is.</summary>
    public TimeSpan ClockOffset
    {
        get => Get(state => state.Clock.Offset);
        set => Do(state => state.Clock.Offset = value);
    }

    /// <summary>How long every answer is kept back.</summary>
    public TimeSpan ResponseDelay
    {
        get => Get(state => state.Faults.ResponseDelay);
        set => Do(state => state.Faults.ResponseDelay = value);
    }

    /// <summary>
    /// More operations in a call are refused with BadTooManyOperations, and the limits say so; null: as set.
    /// </summary>
    public int? MaxOperations
    {
        get => Get(state => state.Faults.MaxOperations);
        set => Do(state => state.Faults.MaxOperations = value);
    }

    /// <summary>New tokens live no longer than this, so that renewal comes soon; null: as set.</summary>
    public TimeSpan? ChannelLifetime
    {
        get => Get(state => state.Faults.ChannelLifetime);
        set => Do(state => state.Faults.ChannelLifetime = value);
    }

    /// <summary>Ends every connection: with a reset, as a cut cable behind a switch, or with a plain end.</summary>
    public void DropConnections(bool withReset = true)
    {
        foreach (var connection in _server.ConnectionsNow())
        {
            connection.Drop(withReset);
        }
    }

    /// <summary>What the next answer suffers, on whatever connection, and none after it.</summary>
    /// <param name="encodingId">
    /// Only an answer of this type, for example <see cref="Services.ReadResponse.EncodingId"/>; 0: whichever is next.
    /// </param>
    public void SpoilNextResponse(ResponseFault fault, uint encodingId = 0) =>
        Do(state => state.Faults.NextResponse = (fault, encodingId));

    /// <summary>Forgets all subscriptions, as after a crash of the part that holds them.</summary>
    /// <param name="silently">Publish requests stay without an answer, instead of BadNoSubscription.</param>
    public void LoseSubscriptions(bool silently = false) => Do(state =>
    {
        foreach (var subscription in state.Subscriptions.Values.ToArray())
        {
            state.Remove(subscription);
        }

        foreach (var session in state.Sessions.Values)
        {
            if (!silently)
            {
                _core.Publishing.RefuseIfIdle(session);
            }
        }
    });

    /// <summary>Forgets all sessions; their subscriptions stay, for whoever transfers them.</summary>
    public void LoseSessions() => Do(state =>
    {
        foreach (var session in state.Sessions.Values.ToArray())
        {
            state.Remove(session);
        }
    });

    /// <summary>
    /// As if the server's process ended and came again. Handles of the address space stay what they are.
    /// </summary>
    /// <param name="namespaces">
    /// The new NamespaceArray, that of OPC UA first; URIs that are missing take their nodes with them. Null: as before.
    /// </param>
    /// <param name="keepsSubscriptions">As durable subscriptions do; sessions are always lost.</param>
    /// <param name="downtime">So long, connections are broken as soon as they are made.</param>
    public void Restart(
        IReadOnlyList<string>? namespaces = null, bool keepsSubscriptions = false, TimeSpan downtime = default)
    {
        Do(state =>
        {
            if (!keepsSubscriptions)
            {
                foreach (var subscription in state.Subscriptions.Values.ToArray())
                {
                    state.Remove(subscription);
                }
            }

            foreach (var session in state.Sessions.Values.ToArray())
            {
                state.Remove(session);
            }

            state.Order = new(state.Space.Namespaces, namespaces ?? state.Order.Uris);
            state.StartTime = state.Clock.Now;
            state.Faults.DownUntil = state.Clock.Elapsed + downtime.Ticks;
        });
        DropConnections();
    }

    /// <summary>From now on the status of these nodes is this, until null is forced.</summary>
    public void ForceStatus(StatusCode? status, params ReadOnlySpan<int> nodes)
    {
        lock (_core.State.Space.Gate)
        {
            var now = _core.State.Clock.Now;
            foreach (var node in nodes)
            {
                _core.State.Space.ForceStatus(node, status, now);
            }
        }
    }

    /// <summary>
    /// Reads nothing, answers nothing and publishes nothing, with all connections open; sampling goes on.
    /// </summary>
    public void Stall() => Do(state => state.Faults.IsStalled = true);

    /// <summary>Goes on after <see cref="Stall"/>; queues that ran over say so.</summary>
    public void Resume()
    {
        Do(state => state.Faults.IsStalled = false);
        foreach (var connection in _server.ConnectionsNow())
        {
            connection.Resume();
        }
    }

    /// <summary>Random bytes on every connection, between two messages.</summary>
    public void SendGarbage(ReadOnlySpan<byte> bytes)
    {
        foreach (var connection in _server.ConnectionsNow())
        {
            connection.SendRaw(bytes);
        }
    }

    /// <summary>The next messages with values are numbered and kept for Republish, but not sent.</summary>
    public void LoseNotifications(int count) => Do(state => state.Faults.NotificationsToLose = count);

    /// <summary>Leaves out sequence numbers in every subscription: messages that cannot even be republished.</summary>
    public void SkipSequenceNumbers(uint count) => Do(state =>
    {
        foreach (var subscription in state.Subscriptions.Values)
        {
            subscription.SkipSequences(count);
        }
    });

    /// <summary>Sets the overflow bit in the oldest waiting value of every item that has one.</summary>
    public void OverflowQueues() => Do(state =>
    {
        foreach (var item in state.Subscriptions.Values.SelectMany(subscription => subscription.Items.Values))
        {
            item.ForceOverflow();
        }
    });

    /// <summary>New channels get another certificate; those that are open keep theirs.</summary>
    /// <returns>The new one, made here where none is given.</returns>
    public X509Certificate2 RenewCertificate(X509Certificate2? certificate = null)
    {
        var renewed = certificate ?? ServerCertificate.Make(_core.State.Settings, _core.State.Clock.Provider);
        Do(state =>
        {
            state.Certificate = renewed;
            state.CertificateIssuers = [];
        });
        return renewed;
    }

    /// <summary>Answers requests of these types with the status, as a device that lacks the service does.</summary>
    /// <param name="requests">
    /// Their encoding ids, for example <see cref="Services.CreateSubscriptionRequest.EncodingId"/>.
    /// </param>
    public void Refuse(StatusCode status, params IEnumerable<uint> requests) => Do(state =>
    {
        foreach (var request in requests)
        {
            state.Faults.Refused[request] = status;
        }
    });

    /// <summary>Serves again what was refused.</summary>
    public void RefuseNothing() => Do(state => state.Faults.Refused.Clear());

    private T Get<T>(Func<ServerState, T> get)
    {
        lock (_core.State.Space.Gate)
        {
            return get(_core.State);
        }
    }

    private void Do(Action<ServerState> action)
    {
        lock (_core.State.Space.Gate)
        {
            action(_core.State);
        }
    }
}

using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Changes of state that people want to know, each told once. Called by one thread at a time; implementations must
/// neither block nor throw.
/// </summary>
public interface IRunnerEvents
{
    /// <param name="state">The new state.</param>
    /// <param name="reason">Why, if it is not by plan.</param>
    void StateChanged(RunnerState state, OpcUaException? reason);

    /// <summary>An attempt to connect failed.</summary>
    /// <param name="failuresInARow">1 after the first.</param>
    /// <param name="reason">Why.</param>
    /// <param name="next">Until the next attempt.</param>
    void ConnectFailed(int failuresInARow, OpcUaException reason, TimeSpan next);

    /// <summary>The limits of these servers are known; what the server itself says still wins.</summary>
    void ProfileChosen(ServerProfile profile, BuildInfo server);

    /// <summary>The server is about to stop, or runs again.</summary>
    void ServerStateChanged(ServerState state, TimeSpan untilShutdown);

    /// <summary>An item was refused with its filter and is now monitored without it.</summary>
    void FilterRefused(uint handle, StatusCode status);

    /// <summary>The server samples or queues these tags otherwise than asked for.</summary>
    /// <param name="handles">The tags.</param>
    /// <param name="sampling">What it does instead.</param>
    /// <param name="queueSize">What it does instead; 1 loses values without saying so.</param>
    void Revised(IReadOnlyList<uint> handles, TimeSpan sampling, uint queueSize);

    /// <summary>Nothing was heard of these tags for longer than <see cref="MonitoredTag.SilentAfter"/>.</summary>
    void TagsSilent(IReadOnlyList<uint> handles);

    /// <summary>Something of these tags was heard again.</summary>
    void TagsSpeak(IReadOnlyList<uint> handles);
}

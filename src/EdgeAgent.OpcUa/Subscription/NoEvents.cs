using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>For runners whose changes of state nobody wants to know.</summary>
internal sealed class NoEvents : IRunnerEvents
{
    public void StateChanged(RunnerState state, OpcUaException? reason)
    {
    }

    public void ConnectFailed(int failuresInARow, OpcUaException reason, TimeSpan next)
    {
    }

    public void ProfileChosen(ServerProfile profile, BuildInfo server)
    {
    }

    public void ServerStateChanged(ServerState state, TimeSpan untilShutdown)
    {
    }

    public void FilterRefused(uint handle, StatusCode status)
    {
    }

    public void Revised(IReadOnlyList<uint> handles, TimeSpan sampling, uint queueSize)
    {
    }

    public void TagsSilent(IReadOnlyList<uint> handles)
    {
    }

    public void TagsSpeak(IReadOnlyList<uint> handles)
    {
    }
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>Writes down what a runner tells.</summary>
internal sealed class RecordedEvents : IRunnerEvents
{
    public List<RunnerState> States { get; } = [];

    public List<OpcUaException> Failures { get; } = [];

    public List<ServerProfile> Profiles { get; } = [];

    public List<ServerState> ServerStates { get; } = [];

    public List<(uint Handle, StatusCode Status)> Filters { get; } = [];

    public List<(int Count, TimeSpan Sampling, uint QueueSize)> Revisions { get; } = [];

    public List<uint> Silent { get; } = [];

    public List<uint> Speaking { get; } = [];

    public void StateChanged(RunnerState state, OpcUaException? reason) => States.Add(state);

    public void ConnectFailed(int failuresInARow, OpcUaException reason, TimeSpan next) => Failures.Add(reason);

    public void ProfileChosen(ServerProfile profile, BuildInfo server) => Profiles.Add(profile);

    public void ServerStateChanged(ServerState state, TimeSpan untilShutdown) => ServerStates.Add(state);

    public void FilterRefused(uint handle, StatusCode status) => Filters.Add((handle, status));

    public void Revised(IReadOnlyList<uint> handles, TimeSpan sampling, uint queueSize) =>
        Revisions.Add((handles.Count, sampling, queueSize));

    public void TagsSilent(IReadOnlyList<uint> handles) => Silent.AddRange(handles);

    public void TagsSpeak(IReadOnlyList<uint> handles) => Speaking.AddRange(handles);
}

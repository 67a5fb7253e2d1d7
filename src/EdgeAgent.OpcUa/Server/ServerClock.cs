using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Instants for the wire, and ticks since the server began for its schedule.</summary>
internal sealed class ServerClock(TimeProvider clock)
{
    private readonly long _beganAt = clock.GetTimestamp();
    private readonly DateTimeOffset _began = clock.GetUtcNow();

    public TimeProvider Provider => clock;

    /// <summary>How wrong the server's clock is: a fault that a client has to notice.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Ticks of 100 ns since the server began; never backwards.</summary>
    public long Elapsed => clock.GetElapsedTime(_beganAt).Ticks;

    public UaDateTime Now => UaDateTime.From(clock.GetUtcNow() + Offset);

    /// <summary>The instant of a step of the schedule.</summary>
    public UaDateTime At(long elapsed) => UaDateTime.From(_began + TimeSpan.FromTicks(elapsed) + Offset);
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A hole whose end is not known yet.</summary>
/// <param name="From">The server's time from which on values may be missing.</param>
/// <param name="Cause">Why.</param>
/// <param name="Detail">What happened, in one English sentence.</param>
internal sealed record OpenHole(UaDateTime From, LossCause Cause, string Detail);

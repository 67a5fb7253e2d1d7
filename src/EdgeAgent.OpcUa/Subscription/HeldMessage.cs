using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A notification message that waits for those before it.</summary>
internal readonly record struct HeldMessage(
    uint Number, UaDateTime PublishTime, StatusCode? StatusChange, ValueOrigin Origin, ValueColumns Values);

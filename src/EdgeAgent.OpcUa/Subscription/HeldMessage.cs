using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A notification message that waits for those before it.</summary>
/// <param name="Number">Its sequence number.</param>
/// <param name="PublishTime">When the server made it.</param>
/// <param name="IsComplete">Whether the server had nothing left then, so that what is newer comes later.</param>
/// <param name="StatusChange">Of the subscription, or null.</param>
/// <param name="Origin">How it came.</param>
/// <param name="Values">Its rows.</param>
internal readonly record struct HeldMessage(
    uint Number, UaDateTime PublishTime, bool IsComplete, StatusCode? StatusChange, ValueOrigin Origin, ValueColumns Values);

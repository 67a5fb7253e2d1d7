namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>A request that waits for its answer.</summary>
/// <param name="Name">The structure's name, for messages.</param>
/// <param name="Timeout">How long it may wait.</param>
/// <param name="Deadline">When it is given up, as a timestamp of the channel's clock.</param>
internal readonly record struct PendingRequest(ResponseHandler Handler, string Name, TimeSpan Timeout, long Deadline);

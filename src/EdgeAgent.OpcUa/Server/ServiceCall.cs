using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>A request on its way through the services.</summary>
/// <param name="Connection">Where the answer goes.</param>
internal readonly record struct ServiceCall(IServerConnection Connection, uint RequestId, RequestHeader Header);

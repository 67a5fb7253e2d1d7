using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>The endpoint that is used, and the way in which the user logs in there.</summary>
/// <param name="Endpoint">As the server announced it.</param>
/// <param name="Policy">The channel's.</param>
/// <param name="Token">One of the endpoint's user token policies.</param>
/// <param name="TokenPolicy">What protects the user's secret: the token's own policy, else the channel's.</param>
public sealed record ChosenEndpoint(
    EndpointDescription Endpoint, SecurityPolicy Policy, UserTokenPolicy Token, SecurityPolicy TokenPolicy);

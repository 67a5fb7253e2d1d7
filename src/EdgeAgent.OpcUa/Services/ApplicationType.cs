namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.4.</summary>
public enum ApplicationType
{
    Server = 0,
    Client = 1,
    ClientAndServer = 2,
    DiscoveryServer = 3,
}

namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.40.</summary>
public enum TimestampsToReturn
{
    Source = 0,
    Server = 1,
    Both = 2,
    Neither = 3,
    Invalid = 4,
}

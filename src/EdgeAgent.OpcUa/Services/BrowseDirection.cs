namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.5.</summary>
public enum BrowseDirection
{
    Forward = 0,
    Inverse = 1,
    Both = 2,
    Invalid = 3,
}

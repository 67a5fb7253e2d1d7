namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.22.2.</summary>
public enum DeadbandType
{
    None = 0,
    Absolute = 1,
    Percent = 2,
}

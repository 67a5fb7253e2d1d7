namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.23.</summary>
public enum MonitoringMode
{
    Disabled = 0,
    Sampling = 1,
    Reporting = 2,
}

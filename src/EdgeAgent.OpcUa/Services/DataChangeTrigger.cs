namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 7.22.2.</summary>
public enum DataChangeTrigger
{
    Status = 0,
    StatusValue = 1,
    StatusValueTimestamp = 2,
}

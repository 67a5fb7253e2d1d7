namespace EdgeAgent.OpcUa.Services;

/// <summary>Part 4, 5.6.2.</summary>
public enum SecurityTokenRequestType
{
    Issue = 0,
    Renew = 1,
}

namespace EdgeAgent.OpcUa.Session;

/// <summary>What a Browse returns of each reference (Part 4, 5.9.2, BrowseResultMask).</summary>
public static class BrowseMasks
{
    public const uint ReferenceType = 1;
    public const uint IsForward = 2;
    public const uint NodeClass = 4;
    public const uint BrowseName = 8;
    public const uint DisplayName = 16;
    public const uint TypeDefinition = 32;
    public const uint All = 63;
}

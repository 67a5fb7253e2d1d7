using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>A kind of server whose limits are known; what the server itself says still wins.</summary>
internal enum OpcUaProfile
{
    /// <summary>Told from what the server says of itself.</summary>
    Auto,
    S71200,
    S71500,
    Kepware,
    Ignition,
    Prosys,

    /// <summary>None of these.</summary>
    Generic,
}

internal static class OpcUaProfiles
{
    public static readonly Choices<OpcUaProfile> Words = new(
        (OpcUaProfile.Auto, ["auto"]),
        (OpcUaProfile.S71200, ["s7-1200"]),
        (OpcUaProfile.S71500, ["s7-1500"]),
        (OpcUaProfile.Kepware, ["kepware"]),
        (OpcUaProfile.Ignition, ["ignition"]),
        (OpcUaProfile.Prosys, ["prosys"]),
        (OpcUaProfile.Generic, ["generic"]));
}

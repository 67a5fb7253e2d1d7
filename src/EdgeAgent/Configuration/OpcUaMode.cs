using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>Message security mode of an OPC UA endpoint (Part 4, 7.20).</summary>
internal enum OpcUaMode
{
    SignAndEncrypt,
    Sign,
    None,
}

internal static class OpcUaModes
{
    public static readonly Choices<OpcUaMode> Words = new(
        (OpcUaMode.SignAndEncrypt, ["SignAndEncrypt"]), (OpcUaMode.Sign, ["Sign"]), (OpcUaMode.None, ["None"]));
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The answer to a request that was refused as a whole. Part 4, 7.35.</summary>
public sealed record ServiceFault : IUaResponse<ServiceFault>
{
    public static uint EncodingId => 397;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
    }

    public static ServiceFault Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
    };
}

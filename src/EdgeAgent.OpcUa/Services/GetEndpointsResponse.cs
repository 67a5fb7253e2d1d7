using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The ways into a server. Part 4, 5.5.4.</summary>
public sealed record GetEndpointsResponse : IUaResponse<GetEndpointsResponse>
{
    public static uint EncodingId => 431;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<EndpointDescription> Endpoints { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Endpoints);
    }

    public static GetEndpointsResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Endpoints = reader.ReadList<EndpointDescription>(),
    };
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Asks for the ways into a server. Part 4, 5.5.4.</summary>
public sealed record GetEndpointsRequest : IUaRequest<GetEndpointsRequest, GetEndpointsResponse>
{
    public static uint EncodingId => 428;

    public RequestHeader RequestHeader { get; init; } = new();

    public string? EndpointUrl { get; init; }

    public IReadOnlyList<string?> LocaleIds { get; init; } = [];

    public IReadOnlyList<string?> ProfileUris { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteString(EndpointUrl);
        writer.WriteStrings(LocaleIds);
        writer.WriteStrings(ProfileUris);
    }

    public static GetEndpointsRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        EndpointUrl = reader.ReadString(),
        LocaleIds = reader.ReadStrings(),
        ProfileUris = reader.ReadStrings(),
    };
}

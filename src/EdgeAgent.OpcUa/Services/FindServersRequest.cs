using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Asks which servers are known here. Part 4, 5.5.2.</summary>
public sealed record FindServersRequest : IUaRequest<FindServersRequest, FindServersResponse>
{
    public static uint EncodingId => 422;

    public RequestHeader RequestHeader { get; init; } = new();

    public string? EndpointUrl { get; init; }

    public IReadOnlyList<string?> LocaleIds { get; init; } = [];

    public IReadOnlyList<string?> ServerUris { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteString(EndpointUrl);
        writer.WriteStrings(LocaleIds);
        writer.WriteStrings(ServerUris);
    }

    public static FindServersRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        EndpointUrl = reader.ReadString(),
        LocaleIds = reader.ReadStrings(),
        ServerUris = reader.ReadStrings(),
    };
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>The servers known here. Part 4, 5.5.2.</summary>
public sealed record FindServersResponse : IUaResponse<FindServersResponse>
{
    public static uint EncodingId => 425;

    public ResponseHeader ResponseHeader { get; init; } = new();

    public IReadOnlyList<ApplicationDescription> Servers { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ResponseHeader.Encode(writer);
        writer.WriteList(Servers);
    }

    public static FindServersResponse Decode(ref UaReader reader) => new()
    {
        ResponseHeader = ResponseHeader.Decode(ref reader),
        Servers = reader.ReadList<ApplicationDescription>(),
    };
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>One method call. Part 4, 5.12.2.</summary>
internal sealed record CallMethodRequest : IUaEncodable<CallMethodRequest>
{
    public static uint EncodingId => 706;

    public NodeId ObjectId { get; init; }

    public NodeId MethodId { get; init; }

    public IReadOnlyList<Variant> InputArguments { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNodeId(ObjectId);
        writer.WriteNodeId(MethodId);
        writer.WriteVariants(InputArguments);
    }

    public static CallMethodRequest Decode(ref UaReader reader) => new()
    {
        ObjectId = reader.ReadNodeId(),
        MethodId = reader.ReadNodeId(),
        InputArguments = reader.ReadVariants(),
    };
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Services;

/// <summary>Calls methods. Part 4, 5.12.2.</summary>
internal sealed record CallRequest : IUaRequest<CallRequest, CallResponse>
{
    public static uint EncodingId => 712;

    public RequestHeader RequestHeader { get; init; } = new();

    public IReadOnlyList<CallMethodRequest> MethodsToCall { get; init; } = [];

    public void Encode(UaWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequestHeader.Encode(writer);
        writer.WriteList(MethodsToCall);
    }

    public static CallRequest Decode(ref UaReader reader) => new()
    {
        RequestHeader = RequestHeader.Decode(ref reader),
        MethodsToCall = reader.ReadList<CallMethodRequest>(),
    };
}

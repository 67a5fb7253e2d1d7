using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>An encoded <see cref="ReadRequest"/>, and what its answer belongs to.</summary>
internal sealed class PreparedReadRequest : IUaRequest<PreparedReadRequest, ReadResponse>
{
    private readonly byte[] _encoding;

    public PreparedReadRequest(ReadRequest request, uint[] handles)
    {
        var writer = new UaWriter();
        request.Encode(writer);
        (_encoding, Handles, RequestHeader) = (writer.WrittenSpan.ToArray(), handles, request.RequestHeader);
    }

    public static uint EncodingId => ReadRequest.EncodingId;

    public RequestHeader RequestHeader { get; init; }

    public uint[] Handles { get; }

    public void Encode(UaWriter writer) => writer.WriteBytes(_encoding);

    public static PreparedReadRequest Decode(ref UaReader reader)
    {
        var request = ReadRequest.Decode(ref reader);
        return new(request, new uint[request.NodesToRead.Count]);
    }
}

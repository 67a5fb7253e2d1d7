using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Reads the values of one Read response into columns.</summary>
internal sealed class ReadHandler(ValueColumns values, IReadOnlyList<uint> handles)
    : ServiceHandler(ReadResponse.EncodingId)
{
    /// <summary>The server's time of the response.</summary>
    public UaDateTime Timestamp { get; private set; }

    /// <summary>A ReadRequest for the Values of nodes.</summary>
    public static ReadRequest RequestFor(RequestHeader header, IEnumerable<NodeId> nodes) => new()
    {
        RequestHeader = header,
        TimestampsToReturn = TimestampsToReturn.Both,
        NodesToRead = [.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })],
    };

    protected override StatusCode Read(ref UaReader body)
    {
        var header = ResponseHeader.Decode(ref body);
        if (header.ServiceResult.IsBad)
        {
            return header.ServiceResult;
        }

        Timestamp = header.Timestamp;
        values.Clear();
        var count = body.ReadCount(1, 0);
        if (count != handles.Count)
        {
            return StatusCodes.BadUnknownResponse;
        }

        for (var i = 0; i < count; i++)
        {
            values.Add(handles[i], ref body);
        }

        body.ReadDiagnosticInfos();
        body.ExpectEnd();
        return StatusCode.Good;
    }
}

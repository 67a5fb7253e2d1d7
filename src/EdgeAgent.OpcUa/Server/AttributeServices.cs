using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Read (Part 4, 5.11.2), straight from the request's bytes to the response's.</summary>
internal sealed class AttributeServices(ServerState state, AttributeReader attributes)
{
    // ReadRequest behind its header: MaxAge:8 | TimestampsToReturn:4 | count:4 | ReadValueIds; the fewest bytes of one
    // are NodeId 2, attribute 4, no range 4, no encoding 2+4.
    private const int ReadValueIdMin = 16;

    /// <summary>Reads a request behind its header and writes the response behind its own.</summary>
    public void Read(ref UaReader request, UaWriter response)
    {
        request.ReadDouble(); // Every value is as new as can be.
        var timestamps = request.ReadEnum<TimestampsToReturn>();
        if (timestamps is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            throw new OpcUaException(
                StatusCodes.BadTimestampsToReturnInvalid, $"{(int)timestamps} is no choice of times.");
        }

        var count = request.ReadCount(ReadValueIdMin, 0);
        state.CheckOperations(count);
        var now = state.Clock.Now;
        response.WriteInt32(count);
        for (; count > 0; count--)
        {
            Write(response, ReadOne(ref request, now), timestamps);
        }

        response.WriteInt32(0); // No diagnostics.
        request.ExpectEnd();
    }

    private DataValue ReadOne(ref UaReader request, UaDateTime now)
    {
        var id = request.ReadNodeId();
        var attribute = request.ReadUInt32();
        var range = request.ReadString();
        var encoding = request.ReadQualifiedName();
        var node = state.Resolve(id);
        if (node < 0)
        {
            return new(default, ServerState.Unknown(id));
        }

        if (!string.IsNullOrEmpty(encoding.Name)
            && (attribute != AttributeIds.Value || encoding.Name != "Default Binary"))
        {
            return new(default, StatusCodes.BadDataEncodingInvalid);
        }

        var value = attributes.Read(node, attribute, now);
        return string.IsNullOrEmpty(range) ? value : IndexRange.Apply(range, value);
    }

    private static void Write(UaWriter response, in DataValue value, TimestampsToReturn timestamps)
    {
        var source = timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both ? value.SourceTime : default;
        var server = timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both ? value.ServerTime : default;
        response.WriteDataValue(new(value.Value, value.Status, source, server));
    }
}

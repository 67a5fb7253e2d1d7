using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>HistoryRead of raw values (Part 11, 6.4.3) from the rings of the variables.</summary>
internal sealed class HistoryServices(ServerState state)
{
    public HistoryReadResponse Read(ServerSession session, HistoryReadRequest request)
    {
        state.CheckOperations(request.NodesToRead.Count);
        if (request.ReleaseContinuationPoints)
        {
            return new() { Results = [.. request.NodesToRead.Select(node => Release(session, node))] };
        }

        if (request.HistoryReadDetails.As<ReadRawModifiedDetails>(state.Limits.Decoding) is not { } details
            || details.IsReadModified)
        {
            throw new OpcUaException(StatusCodes.BadHistoryOperationUnsupported, "Only raw values can be read.");
        }

        // Part 11, 6.4.3.1: two of the three make a range.
        var given = (details.StartTime.IsNone ? 0 : 1) + (details.EndTime.IsNone ? 0 : 1)
            + (details.NumValuesPerNode == 0 ? 0 : 1);
        if (given < 2)
        {
            throw new OpcUaException(
                StatusCodes.BadHistoryOperationInvalid, "Two of start, end and number of values have to be given.");
        }

        return new()
        {
            Results = [.. request.NodesToRead.Select(
                node => ReadNode(session, node, details, request.TimestampsToReturn))],
        };
    }

    private static HistoryReadResult Release(ServerSession session, HistoryReadValueId node) =>
        session.ContinuationPoints.Take<Reading>(node.ContinuationPoint) is null
            ? new() { StatusCode = StatusCodes.BadContinuationPointInvalid }
            : new();

    private HistoryReadResult ReadNode(
        ServerSession session, HistoryReadValueId node, ReadRawModifiedDetails details, TimestampsToReturn timestamps)
    {
        Reading? reading;
        if (node.ContinuationPoint is { Length: > 0 } point)
        {
            reading = session.ContinuationPoints.Take<Reading>(point);
            return reading is null
                ? new() { StatusCode = StatusCodes.BadContinuationPointInvalid }
                : Continue(session, reading, timestamps);
        }

        var handle = state.Resolve(node.NodeId);
        if (handle < 0)
        {
            return new() { StatusCode = ServerState.Unknown(node.NodeId) };
        }

        var value = state.Space.Row(handle).Value;
        return value < 0 || state.Space.Values.HistoryOf(value) is not { } history
            ? new() { StatusCode = StatusCodes.BadHistoryOperationUnsupported }
            : Continue(session, Reading.Of(history, details), timestamps);
    }

    private HistoryReadResult Continue(ServerSession session, Reading reading, TimestampsToReturn timestamps)
    {
        var values = new List<DataValue>();
        var most = reading.PerCall == 0
            ? state.Limits.HistoryValuesPerNode
            : Math.Min(reading.PerCall, state.Limits.HistoryValuesPerNode);
        while (values.Count < most && reading.TryTake(out var value))
        {
            values.Add(Stamp(value, timestamps));
        }

        return new()
        {
            StatusCode = values.Count == 0 ? StatusCodes.GoodNoData : StatusCodes.Good,
            HistoryData = ExtensionObject.Of(new HistoryData { DataValues = values }),
            ContinuationPoint = reading.HasMore
                ? session.ContinuationPoints.Add(reading, state.Limits.ContinuationPoints)
                : null,
        };
    }

    private DataValue Stamp(DataValue value, TimestampsToReturn timestamps) => value with
    {
        Value = WireValue.Of(value.Value, state.Order),
        SourceTime = timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both ? value.SourceTime : default,
        ServerTime = timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both ? value.ServerTime : default,
    };

    /// <summary>
    /// A reading on its way, forwards or backwards. It goes by times, since the ring moves on meanwhile.
    /// </summary>
    private sealed class Reading(HistoryRing history, UaDateTime from, UaDateTime to, bool isForward, int perCall)
    {
        // Forwards the next value is not before this time; backwards it is before this time.
        private UaDateTime _next = from;

        /// <summary>0: as many as the server gives.</summary>
        public int PerCall => perCall;

        public bool HasMore => TryPeek(out _);

        public static Reading Of(HistoryRing history, ReadRawModifiedDetails details)
        {
            var count = (int)Math.Min(details.NumValuesPerNode, int.MaxValue);
            var (start, end) = (details.StartTime, details.EndTime);
            if (start.IsNone)
            {
                // The last values before the end, the youngest first.
                return new(history, new(end.Ticks + 1), UaDateTime.None, false, count);
            }

            if (end.IsNone)
            {
                return new(history, start, new(long.MaxValue), true, count);
            }

            // Part 11, 6.4.3.1: the start belongs to the range, the end does not; an end before the start reads
            // backwards.
            return start <= end
                ? new(history, start, start == end ? new(end.Ticks + 1) : end, true, count)
                : new(history, new(start.Ticks + 1), new(end.Ticks + 1), false, count);
        }

        public bool TryTake(out DataValue value)
        {
            if (!TryPeek(out value))
            {
                return false;
            }

            _next = isForward ? new(value.SourceTime.Ticks + 1) : value.SourceTime;
            return true;
        }

        private bool TryPeek(out DataValue value)
        {
            var position = history.LowerBound(_next) - (isForward ? 0 : 1);
            if (position < 0 || position >= history.Count)
            {
                value = default;
                return false;
            }

            value = history[position];
            return isForward ? value.SourceTime < to : value.SourceTime >= to;
        }
    }
}

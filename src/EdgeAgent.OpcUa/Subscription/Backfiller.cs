using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Reads history to fill holes (Part 11, 6.5.3), one bounded request at a time.</summary>
internal sealed class Backfiller(RunnerContext context, Holes holes)
{
    // Part 3, 5.6.2, table 13: bit 2 of the AccessLevel.
    private const int HistoryRead = 1 << 2;

    // Three bytes each as answers and sixty in memory: of more at once the decoder would suspect an attack.
    private const int LearnedAtOnce = 1_000;

    private readonly ValueColumns _page = new();

    // How many items there were when all were known.
    private int _itemsKnown = -1;
    private readonly ValueColumns _missing = new();

    /// <summary>Learns of some more tags whether they have a history.</summary>
    /// <returns>False once all are known.</returns>
    public async Task<bool> LearnAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        if (context.Items.Count == _itemsKnown)
        {
            return false;
        }

        var tags = new List<int>();
        var most = Math.Min(context.Limits.NodesPerRead, LearnedAtOnce);
        for (var tag = 0; tag < context.Tags.Tags.Count && tags.Count < most; tag++)
        {
            if (context.Items.History[tag] == HistoryAccess.Unknown && !context.Items.Nodes[tag].IsNull)
            {
                tags.Add(tag);
            }
        }

        if (tags.Count == 0)
        {
            _itemsKnown = context.Items.Count;
            return false;
        }

        ReadResponse response;
        try
        {
            response = await port.CallAsync<ReadRequest, ReadResponse>(AccessLevelsOf(port, tags), cancellationToken);
        }
        catch (OpcUaException refusal)
            when (BatchSize.IsTooMuch(refusal.Status) && !port.Closed.IsCompleted && tags.Count > 1)
        {
            context.Limits = context.Limits with { NodesPerRead = tags.Count / 2 };
            return true;
        }

        for (var i = 0; i < tags.Count; i++)
        {
            var access = i < response.Results.Count ? response.Results[i] : default;
            context.Items.History[tags[i]] =
                !access.Status.IsBad && access.Value.AsInt64() is { } bits && (bits & HistoryRead) != 0
                    ? HistoryAccess.Yes : HistoryAccess.No;
        }

        return true;
    }

    /// <summary>Makes one request for the next hole that can be filled.</summary>
    /// <returns>False if there is nothing to do.</returns>
    /// <exception cref="OpcUaException">The connection ended; what was asked for will be asked for again.</exception>
    public async Task<bool> StepAsync(ISessionPort port, CancellationToken cancellationToken)
    {
        if (holes.Ready() is not { } job)
        {
            return false;
        }

        if (!job.IsDone)
        {
            var ranges = job.Ranges!.GetRange(
                job.Next, Math.Min(context.Limits.NodesPerHistoryRead, job.Ranges!.Count - job.Next));
            try
            {
                await FillAsync(port, job, ranges, cancellationToken);
            }
            catch (OpcUaException refusal)
                when (!port.Closed.IsCompleted && !OutageSteps.IsSessionGone(refusal.Status.Code))
            {
                ranges.ForEach(range => range.Failure ??= refusal.Status);
            }

            job.Next += ranges.Count;
        }

        if (job.IsDone)
        {
            holes.Finish(job);
        }

        return true;
    }

    private ReadRequest AccessLevelsOf(ISessionPort port, List<int> tags) => new()
    {
        RequestHeader = port.Header,
        TimestampsToReturn = TimestampsToReturn.Neither,
        NodesToRead =
        [
            .. tags.Select(tag => new ReadValueId
            {
                NodeId = context.Items.Nodes[tag],
                AttributeId = AttributeIds.UserAccessLevel,
            }),
        ],
    };

    private async Task FillAsync(
        ISessionPort port, HistoryJob job, List<HistoryRange> ranges, CancellationToken cancellationToken)
    {
        // A tag that has never given a value has nothing before the hole to join to.
        var from = ranges.Min(range => range.Before.IsKnown ? range.Before.Time : job.Hole.From);
        var to = ranges.Max(range => range.After.Time);
        var open = ranges
            .Where(range => !range.Before.IsKnown || !range.Before.IsSame(range.After) || !job.ServerStart.IsNone)
            .Select(range => (Range: range, Point: (byte[]?)null)).ToList();
        while (open.Count > 0)
        {
            var response = await ReadAsync(port, from, to, open, cancellationToken);
            var next = new List<(HistoryRange, byte[]?)>();
            for (var i = 0; i < open.Count; i++)
            {
                var (range, result) = (open[i].Range, response.Results[i]);
                if (result.StatusCode.IsBad && result.StatusCode.Code != StatusCodes.BadNoData)
                {
                    range.Failure = result.StatusCode;
                }
                else if (Deliver(port, job, range, result) && result.ContinuationPoint is { Length: > 0 } point)
                {
                    next.Add((range, point));
                }
            }

            open = next;
        }
    }

    private async Task<HistoryReadResponse> ReadAsync(
        ISessionPort port, UaDateTime from, UaDateTime to, List<(HistoryRange Range, byte[]? Point)> ranges,
        CancellationToken cancellationToken)
    {
        var response = await port.CallAsync<HistoryReadRequest, HistoryReadResponse>(
            new()
            {
                RequestHeader = port.Header,
                HistoryReadDetails = ExtensionObject.Of(new ReadRawModifiedDetails
                {
                    StartTime = from,

                    // The end itself is not part of the range; one tick more makes sure of what lies on it.
                    EndTime = new(to.Ticks + 1),
                    NumValuesPerNode = (uint)context.Settings.HistoryValuesPerNode,
                }),
                TimestampsToReturn = TimestampsToReturn.Both,
                NodesToRead =
                [
                    .. ranges.Select(range => new HistoryReadValueId
                    {
                        NodeId = context.Items.Nodes[range.Range.Tag], ContinuationPoint = range.Point,
                    }),
                ],
            },
            cancellationToken);
        return response.Results.Count == ranges.Count
            ? response
            : throw new OpcUaException(
                StatusCodes.BadUnknownResponse,
                $"The server answered {response.Results.Count} of {ranges.Count} nodes' history.");
    }

    // False where the page brought nothing new and is not worth going on from.
    private bool Deliver(ISessionPort port, HistoryJob job, HistoryRange range, HistoryReadResult result)
    {
        var data = result.HistoryData;
        if (data.Encoding != ExtensionObjectBody.Binary || data.TypeId != new NodeId(HistoryData.EncodingId))
        {
            return false;
        }

        var handle = context.Tags.Tags[range.Tag].Handle;
        var reader = new UaReader(data.Body.Span, port.Decoding);
        _page.Clear();
        _missing.Clear();
        for (var count = reader.ReadCount(1, 0); count > 0; count--)
        {
            _page.Add(handle, ref reader);
        }

        for (var row = 0; row < _page.Count; row++)
        {
            var reading = Edge.Of(_page, row, UaDateTime.None);
            if (!reading.Time.IsNone && range.Wants(reading))
            {
                range.Took(reading, job.ServerStart);
                _missing.Add(_page, row);
            }
        }

        lock (context.Gate)
        {
            context.Delivery.TakeAside(_missing, ValueOrigin.Backfilled);
        }

        return _page.Count > 0;
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>One HistoryRead of many nodes on its way: which nodes wait, and which have more (Part 4, 5.11.3).</summary>
internal sealed class HistoryReader(ClientSession session, IReadOnlyList<NodeId> nodes, ReadRawModifiedDetails details)
{
    // A server that answers page after page without a value would never end.
    private const int MaxEmptyPages = 100;

    private readonly Queue<(int Index, byte[]? Point)> _waiting =
        new(Enumerable.Range(0, nodes.Count).Select(index => (index, (byte[]?)null)));

    private readonly ValueColumns _values = new();
    private readonly ExtensionObject _details = ExtensionObject.Of(details);
    private Batches _batches = new(1, 0);
    private int _emptyPages;

    public bool IsDone => _waiting.Count == 0;

    /// <summary>Continuation points that the server holds for us.</summary>
    public IReadOnlyList<(int Index, byte[]? Point)> Open => [.. _waiting.Where(one => one.Point is not null)];

    public void Begin() => _batches = new(session.Limits.NodesPerHistoryRead, session.MaxRequestBytes);

    /// <summary>The next request, and what it answered.</summary>
    public async Task<IReadOnlyList<(int Index, HistoryReadResult Result)>> NextAsync(
        CancellationToken cancellationToken)
    {
        // Pages that were begun go first, so that few continuation points are open at a time.
        var batch = _waiting.OrderBy(one => one.Point is null).Take(_batches.Count).ToList();
        batch = batch[..Math.Min(batch.Count, _batches.Next(batch, 0, SizeOf))];
        IReadOnlyList<HistoryReadResult> results;
        try
        {
            results = Batches.Expect(await CallAsync(batch, release: false, cancellationToken), batch.Count);
        }
        catch (OpcUaException failure) when (_batches.MayHalve(failure, batch.Count))
        {
            return [];
        }

        Remove(batch);
        var answered = new List<(int Index, HistoryReadResult Result)>(batch.Count);
        var refused = 0;
        foreach (var ((index, point), result) in batch.Zip(results))
        {
            if (result.ContinuationPoint is { Length: > 0 } next)
            {
                _waiting.Enqueue((index, next));
            }
            else if (result.StatusCode.Code == StatusCodes.BadNoContinuationPoints && point is null && batch.Count > 1)
            {
                _waiting.Enqueue((index, null));
                refused++;
                continue;
            }

            answered.Add((index, result));
        }

        if (refused > 0)
        {
            _batches.Shrink();
        }

        return answered;
    }

    /// <summary>Decodes a result into the columns, which are the same for each page.</summary>
    /// <exception cref="OpcUaException">It is no HistoryData.</exception>
    public HistoryPage Page(int index, HistoryReadResult result)
    {
        _values.Clear();
        var isLast = result.ContinuationPoint is not { Length: > 0 };
        if (result.HistoryData.Encoding == ExtensionObjectBody.Binary)
        {
            Decode(index, result.HistoryData);
        }

        _emptyPages = _values.Count > 0 ? 0 : _emptyPages + 1;
        return _emptyPages > MaxEmptyPages && !isLast
            ? throw new OpcUaException(
                StatusCodes.BadContinuationPointInvalid,
                $"The server has answered {_emptyPages} times that there is more history, and given none.")
            : new(index, result.StatusCode, _values, isLast);
    }

    /// <summary>Tells the server that nobody asks for the rest.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        CallAsync([.. Open], release: true, cancellationToken);

    private static int SizeOf((int Index, byte[]? Point) one) => 64 + (one.Point?.Length ?? 0);

    private async Task<IReadOnlyList<HistoryReadResult>> CallAsync(
        List<(int Index, byte[]? Point)> batch, bool release, CancellationToken cancellationToken)
    {
        var request = new HistoryReadRequest
        {
            RequestHeader = session.Header(),
            HistoryReadDetails = _details,
            TimestampsToReturn = TimestampsToReturn.Both,
            ReleaseContinuationPoints = release,
            NodesToRead =
            [
                .. batch.Select(one =>
                    new HistoryReadValueId { NodeId = nodes[one.Index], ContinuationPoint = one.Point }),
            ],
        };
        return (await session.CallAsync<HistoryReadRequest, HistoryReadResponse>(request, cancellationToken)).Results;
    }

    private void Remove(List<(int Index, byte[]? Point)> batch)
    {
        var taken = batch.Select(one => one.Index).ToHashSet();
        var rest = _waiting.Where(one => !taken.Contains(one.Index)).ToList();
        _waiting.Clear();
        rest.ForEach(_waiting.Enqueue);
    }

    private void Decode(int index, ExtensionObject data)
    {
        if (data.TypeId != new NodeId(HistoryData.EncodingId))
        {
            throw new OpcUaException(
                StatusCodes.BadUnknownResponse,
                $"The server answered HistoryRead with a structure of type {data.TypeId}.");
        }

        var reader = new UaReader(data.Body.Span, session.Settings.Decoding);
        var count = reader.ReadCount(1, 0);
        _values.Reserve(count, ref reader);
        for (; count > 0; count--)
        {
            _values.Add((uint)index, ref reader);
        }

        reader.ExpectEnd();
    }
}

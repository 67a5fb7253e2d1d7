using System.Runtime.CompilerServices;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Walking the address space (Part 4, 5.9).</summary>
public sealed partial class ClientSession
{
    // A server that answers page after page without a reference would never end.
    private const int MaxEmptyPages = 100;

    // Releasing is a courtesy, so that the server can give its continuation points to others.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// References of nodes, page by page. Continuation points are followed, and released when they are abandoned.
    /// </summary>
    /// <exception cref="OpcUaException">The service itself failed.</exception>
    public async IAsyncEnumerable<BrowsePage> BrowseAsync(
        IReadOnlyList<BrowseDescription> nodes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var batches = new Batches(Limits.NodesPerBrowse, MaxRequestBytes);
        var waiting = new Queue<int>(Enumerable.Range(0, nodes.Count));
        var open = new List<(int Index, byte[] Point)>();
        var emptyPages = 0;
        try
        {
            while (waiting.Count > 0 || open.Count > 0)
            {
                var isNext = open.Count > 0;
                var batch = isNext ? TakeOpen(open, batches.Count) : Take(waiting, nodes, batches);
                IReadOnlyList<BrowseResult> results;
                try
                {
                    results = isNext
                        ? await BrowseNextAsync([.. open.Take(batch.Count).Select(one => one.Point)], cancellationToken)
                        : await BrowseAsync([.. batch.Select(index => nodes[index])], cancellationToken);
                    Batches.Expect(results, batch.Count);
                }
                catch (OpcUaException failure) when (batches.MayHalve(failure, batch.Count))
                {
                    continue;
                }

                if (isNext)
                {
                    open.RemoveRange(0, batch.Count);
                }
                else
                {
                    Drop(waiting, batch.Count);
                }

                // All that is open is known before the first page goes out: whoever stops listening leaves nothing
                // behind.
                var (opened, refused) = Sort(batch, results);
                open.AddRange(opened);
                emptyPages = results.Any(result => result.References.Count > 0) ? 0 : emptyPages + 1;
                foreach (var (index, result) in batch.Zip(results))
                {
                    if (refused.Contains(index) && (open.Count > 0 || batch.Count > 1))
                    {
                        // The server has run out of continuation points; later it has some again.
                        waiting.Enqueue(index);
                        continue;
                    }

                    yield return new(
                        index, result.StatusCode, result.References, result.ContinuationPoint is not { Length: > 0 });
                }

                if (refused.Count == batch.Count)
                {
                    batches.Shrink();
                }

                if (emptyPages > MaxEmptyPages && open.Count > 0)
                {
                    throw new OpcUaException(
                        StatusCodes.BadContinuationPointInvalid,
                        $"The server has answered {emptyPages} times that there are more references, and given none.");
                }
            }
        }
        finally
        {
            await ReleaseAsync(open);
        }
    }

    /// <summary>Nodes at the end of browse paths (Part 4, 5.9.4).</summary>
    public Task<IReadOnlyList<BrowsePathResult>> TranslateAsync(
        IReadOnlyList<BrowsePath> paths, CancellationToken cancellationToken) =>
        new Batches(Limits.NodesPerTranslate, MaxRequestBytes).RunAsync(paths, EncodedSize.Of, async batch =>
        {
            var request = new TranslateBrowsePathsToNodeIdsRequest { RequestHeader = Header(), BrowsePaths = batch };
            return (await CallAsync<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>(
                request, cancellationToken)).Results;
        });

    private async Task<IReadOnlyList<BrowseResult>> BrowseAsync(
        BrowseDescription[] nodes, CancellationToken cancellationToken)
    {
        var request = new BrowseRequest { RequestHeader = Header(), NodesToBrowse = nodes };
        return (await CallAsync<BrowseRequest, BrowseResponse>(request, cancellationToken)).Results;
    }

    private async Task<IReadOnlyList<BrowseResult>> BrowseNextAsync(
        byte[][] points, CancellationToken cancellationToken)
    {
        var request = new BrowseNextRequest { RequestHeader = Header(), ContinuationPoints = points };
        return (await CallAsync<BrowseNextRequest, BrowseNextResponse>(request, cancellationToken)).Results;
    }

    private async Task ReleaseAsync(List<(int Index, byte[] Point)> open)
    {
        if (open.Count == 0 || Closed.IsCompleted)
        {
            return;
        }

        try
        {
            var request = new BrowseNextRequest
            {
                RequestHeader = Header(),
                ReleaseContinuationPoints = true,
                ContinuationPoints = [.. open.Select(one => one.Point)],
            };
            await _channel.CallAsync<BrowseNextRequest, BrowseNextResponse>(
                request, ReleaseTimeout, CancellationToken.None);
        }
        catch (OpcUaException)
        {
            // They end with the session.
        }
    }

    private static List<int> Take(Queue<int> waiting, IReadOnlyList<BrowseDescription> nodes, Batches batches)
    {
        var candidates = waiting.Take(batches.Count).ToList();
        return candidates[..batches.Next(candidates, 0, index => EncodedSize.Of(nodes[index]))];
    }

    private static List<int> TakeOpen(List<(int Index, byte[] Point)> open, int count) =>
        [.. open.Take(count).Select(one => one.Index)];

    private static void Drop(Queue<int> waiting, int count)
    {
        for (; count > 0; count--)
        {
            waiting.Dequeue();
        }
    }

    private static (List<(int Index, byte[] Point)> Opened, HashSet<int> Refused) Sort(
        List<int> batch, IReadOnlyList<BrowseResult> results)
    {
        List<(int Index, byte[] Point)> opened = [];
        HashSet<int> refused = [];
        foreach (var (index, result) in batch.Zip(results))
        {
            if (result.ContinuationPoint is { Length: > 0 } point)
            {
                opened.Add((index, point));
            }
            else if (result.StatusCode.Code == StatusCodes.BadNoContinuationPoints)
            {
                refused.Add(index);
            }
        }

        return (opened, refused);
    }
}

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// Divides the operations of a service among requests that the server takes. Where the limits it told do not hold, the
/// requests become smaller until they pass.
/// </summary>
internal sealed class Batches
{
    // Of the request around the operations: header, authentication token and fixed fields.
    private const int RequestOverhead = 1_024;

    private readonly int _maxBytes;

    /// <param name="maxCount">Operations in one request.</param>
    /// <param name="maxMessageBytes">Of a whole request; 0 is no limit.</param>
    public Batches(int maxCount, long maxMessageBytes)
    {
        Count = Math.Max(maxCount, 1);
        _maxBytes = maxMessageBytes == 0
            ? int.MaxValue
            : (int)Math.Clamp(maxMessageBytes - RequestOverhead, RequestOverhead, int.MaxValue);
    }

    /// <summary>Operations in one request, as far as is known by now.</summary>
    public int Count { get; private set; }

    /// <summary>How many of the items, from the one given on, go into the next request; at least one.</summary>
    public int Next<TItem>(IReadOnlyList<TItem> items, int from, Func<TItem, int> size)
    {
        var (count, bytes) = (0, 0L);
        while (from + count < items.Count && count < Count)
        {
            bytes += size(items[from + count]);
            if (bytes > _maxBytes && count > 0)
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <summary>
    /// Whether a smaller request may succeed where this one did not; if so the next ones are half as large.
    /// </summary>
    public bool MayHalve(OpcUaException failure, int count)
    {
        if (count <= 1 || failure.Status.Code is not (StatusCodes.BadTooManyOperations or StatusCodes.BadRequestTooLarge
            or StatusCodes.BadResponseTooLarge or StatusCodes.BadEncodingLimitsExceeded
            or StatusCodes.BadTcpMessageTooLarge))
        {
            return false;
        }

        Count = (count + 1) / 2;
        return true;
    }

    /// <summary>Makes the next requests half as large.</summary>
    public void Shrink() => Count = Math.Max(Count / 2, 1);

    /// <summary>All items through the service, the results in the order of the items.</summary>
    public async Task<IReadOnlyList<TResult>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, int> size,
        Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> service)
    {
        var results = new List<TResult>(items.Count);
        while (results.Count < items.Count)
        {
            var count = Next(items, results.Count, size);
            var batch = count == items.Count ? items : Slice(items, results.Count, count);
            try
            {
                results.AddRange(Expect(await service(batch), count));
            }
            catch (OpcUaException failure) when (MayHalve(failure, count))
            {
                // The next turn sends less.
            }
        }

        return results;
    }

    /// <exception cref="OpcUaException">
    /// The server has answered another number of operations than it was asked.
    /// </exception>
    public static IReadOnlyList<TResult> Expect<TResult>(IReadOnlyList<TResult> results, int count) =>
        results.Count == count
            ? results
            : throw new OpcUaException(
                StatusCodes.BadUnknownResponse, $"The server has answered {results.Count} of {count} operations.");

    public static IReadOnlyList<TItem> Slice<TItem>(IReadOnlyList<TItem> items, int from, int count)
    {
        var slice = new TItem[count];
        for (var i = 0; i < count; i++)
        {
            slice[i] = items[from + i];
        }

        return slice;
    }
}

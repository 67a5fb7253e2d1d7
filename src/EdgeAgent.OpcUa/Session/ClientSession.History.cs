using System.Runtime.CompilerServices;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Reading what the server has kept (Part 4, 5.11.3; Part 11).</summary>
public sealed partial class ClientSession
{
    /// <summary>
    /// Values of one node in one page. Ten nodes with 2,000 numbers each make a response of about 600 KB: quick to
    /// answer for a controller, and within every limit.
    /// </summary>
    public const int HistoryPageValues = 2_000;

    /// <summary>
    /// Raw values with both timestamps, from a time (inclusive) to another (exclusive); where that lies earlier,
    /// backwards. Continuation points are followed, and released when the caller stops listening.
    /// </summary>
    /// <param name="pageValues">Most values of one node in one page, usually <see cref="HistoryPageValues"/>.</param>
    /// <exception cref="OpcUaException">The service itself failed.</exception>
    public async IAsyncEnumerable<HistoryPage> HistoryReadRawAsync(
        IReadOnlyList<NodeId> nodes,
        UaDateTime from,
        UaDateTime to,
        int pageValues,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var reader = new HistoryReader(
            this, nodes, new() { StartTime = from, EndTime = to, NumValuesPerNode = (uint)pageValues });
        try
        {
            reader.Begin();
            while (!reader.IsDone)
            {
                foreach (var (index, result) in await reader.NextAsync(cancellationToken))
                {
                    yield return reader.Page(index, result);
                }
            }
        }
        finally
        {
            await ReleaseAsync(reader);
        }
    }

    private async Task ReleaseAsync(HistoryReader reader)
    {
        if (reader.Open.Count == 0 || Closed.IsCompleted)
        {
            return;
        }

        try
        {
            await reader.ReleaseAsync(CancellationToken.None);
        }
        catch (OpcUaException)
        {
            // They end with the session.
        }
    }
}

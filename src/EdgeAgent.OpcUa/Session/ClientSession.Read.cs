using System.Runtime.CompilerServices;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Reading present values and attributes (Part 4, 5.11.2).</summary>
public sealed partial class ClientSession
{
    /// <summary>Reads attributes; what cannot be read has a bad status in its own place.</summary>
    /// <param name="maxAge">How old a value in the server's cache may be; zero is a new reading.</param>
    /// <exception cref="OpcUaException">The service itself failed.</exception>
    public Task<IReadOnlyList<DataValue>> ReadAsync(
        IReadOnlyList<ReadValueId> nodes,
        TimestampsToReturn timestamps,
        TimeSpan maxAge,
        CancellationToken cancellationToken) =>
        new Batches(Limits.NodesPerRead, MaxRequestBytes).RunAsync(nodes, EncodedSize.Of, async batch =>
        {
            var request = new ReadRequest
            {
                RequestHeader = Header(),
                MaxAge = maxAge.TotalMilliseconds,
                TimestampsToReturn = timestamps,
                NodesToRead = batch,
            };
            return (await CallAsync<ReadRequest, ReadResponse>(request, cancellationToken)).Results;
        });

    /// <summary>Reads one attribute of many nodes.</summary>
    public Task<IReadOnlyList<DataValue>> ReadAttributeAsync(
        IEnumerable<NodeId> nodes, uint attribute, CancellationToken cancellationToken) =>
        ReadAsync(
            [.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = attribute })],
            TimestampsToReturn.Neither,
            TimeSpan.Zero,
            cancellationToken);

    /// <summary>Encodes once what is then read again and again.</summary>
    /// <param name="nodes">Resolved in this session; after another activation it has to be prepared anew.</param>
    /// <param name="handles">What identifies each node in the columns.</param>
    public PreparedRead PrepareRead(
        IReadOnlyList<ReadValueId> nodes,
        IReadOnlyList<uint> handles,
        TimestampsToReturn timestamps,
        TimeSpan maxAge) =>
        new(nodes, handles, timestamps, maxAge, new(Limits.NodesPerRead, MaxRequestBytes), _authenticationToken);

    /// <summary>
    /// Reads all nodes of a prepared read into the columns, which are cleared first. Allocates nothing for a value that
    /// is a number. One at a time for each prepared read.
    /// </summary>
    /// <exception cref="OpcUaException">A request failed; the columns then hold what was read before it.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync(PreparedRead read, ValueColumns values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(values);
        values.Clear();
        var channel = _channel;
        foreach (var request in read.Requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = read.Handler.Await(request, values);
            try
            {
                channel.Post(request, read.Handler, Settings.RequestTimeout);
            }
            catch (OpcUaException failure)
            {
                read.Handler.OnFailure(failure);
            }

            await answer;
        }
    }
}

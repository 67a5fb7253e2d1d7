using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.SystemTests.OpcUa.Session;

/// <summary>Sessions with a server of our own, which can be made to misbehave.</summary>
public sealed class ClientSessionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_goes_on_over_a_new_channel()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync(rig.Secured);
        var id = session.SessionId;
        var first = session.Channel;

        rig.Server.Faults.DropConnections();
        await session.Closed.WaitAsync(Soon, Cancellation);
        await session.ReactivateAsync(Cancellation);

        Assert.Equal(id, session.SessionId);
        Assert.NotSame(first, session.Channel);
        Assert.Equal(7, await ReadAsync(session, "nsu=urn:test:line;i=8"));
    }

    [Fact]
    public async Task A_forgotten_session_cannot_be_taken_up_again()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync();

        rig.Server.Faults.LoseSessions();
        rig.Server.Faults.DropConnections();
        await session.Closed.WaitAsync(Soon, Cancellation);
        var error = await Assert.ThrowsAsync<OpcUaException>(() => session.ReactivateAsync(Cancellation));

        Assert.Equal(StatusCodes.BadSessionIdInvalid, error.Status.Value);
    }

    [Fact]
    public async Task After_a_restart_an_address_means_the_same_node_under_another_index()
    {
        await using var rig = new SessionRig();
        await using var before = await rig.ConnectAsync();
        Assert.Equal(0, await ReadAsync(before, "nsu=urn:test:line;i=1"));

        rig.Server.Faults.Restart(SessionRig.Reordered);
        await using var after = await rig.ConnectAsync();

        Assert.NotEqual(
            SessionRig.Resolve(before, "nsu=urn:test:line;i=1"), SessionRig.Resolve(after, "nsu=urn:test:line;i=1"));
        Assert.Equal(0, await ReadAsync(after, "nsu=urn:test:line;i=1"));
        Assert.Equal(-1, await ReadAsync(after, "nsu=urn:test:plant;i=1"));
    }

    [Fact]
    public async Task A_namespace_that_is_gone_resolves_to_nothing()
    {
        await using var rig = new SessionRig();
        rig.Server.Faults.Restart([NamespaceUris.OpcUa, SessionRig.Plant]);
        await using var session = await rig.ConnectAsync();

        Assert.False(session.Namespaces.TryResolve(NodeAddress.Parse("nsu=urn:test:line;i=1"), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    [InlineData(-86_400)]
    public async Task The_servers_clock_is_measured_to_half_the_round_trip(int seconds)
    {
        await using var rig = new SessionRig();
        rig.Server.Faults.ClockOffset = TimeSpan.FromSeconds(seconds);
        await using var session = await rig.ConnectAsync();

        var error = (session.Clock.Offset - TimeSpan.FromSeconds(seconds)).Duration();

        // The server reads its clock in steps of a few milliseconds.
        Assert.True(
            error <= (session.Clock.RoundTrip / 2) + TimeSpan.FromSeconds(1), $"{session.Clock}, {seconds} s were set");
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_noticed_and_the_channel_ended()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync(rig.Plain with
        {
            KeepAliveInterval = TimeSpan.FromMilliseconds(100),
            RequestTimeout = TimeSpan.FromSeconds(1),
        });

        rig.Server.Faults.Stall();
        await session.Closed.WaitAsync(Soon, Cancellation);

        Assert.Equal(StatusCodes.BadTimeout, session.Failure!.Status.Value);
        Assert.Contains("keep-alive", session.Failure.Message, StringComparison.Ordinal);
        rig.Server.Faults.Resume();
    }

    [Fact]
    public async Task Requests_shrink_until_the_server_takes_them()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync();
        rig.Server.Faults.MaxOperations = 7;

        var values = await session.ReadAttributeAsync(Nodes(session), AttributeIds.Value, Cancellation);

        Assert.Equal(
            Enumerable.Range(0, SessionRig.Variables).Select(i => (double?)i),
            values.Select(value => value.Value.AsDouble()));
    }

    [Fact]
    public async Task A_prepared_read_gives_every_value_under_its_handle_at_each_poll()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync(rig.Secured);
        var nodes = Nodes(session);
        var read = session.PrepareRead(
            [.. nodes.Select(node => new ReadValueId { NodeId = node, AttributeId = AttributeIds.Value })],
            [.. Enumerable.Range(1_000, nodes.Count).Select(handle => (uint)handle)],
            TimestampsToReturn.Both,
            TimeSpan.Zero);
        var values = new ValueColumns();

        for (var poll = 0; poll < 3; poll++)
        {
            await session.ReadAsync(read, values, Cancellation);

            Assert.Equal(SessionRig.Variables, values.Count);
            Assert.Equal(1_299u, values.Handles[299]);
            Assert.Equal(299.0, values.ReadVariant(299, DecodingLimits.Default).AsDouble());
        }
    }

    [Fact]
    public async Task A_prepared_read_fails_with_its_channel()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync();
        var read = session.PrepareRead(
            [new() { NodeId = new(2258), AttributeId = AttributeIds.Value }],
            [1],
            TimestampsToReturn.Both,
            TimeSpan.Zero);
        rig.Server.Faults.DropConnections();
        await session.Closed.WaitAsync(Soon, Cancellation);

        await Assert.ThrowsAsync<OpcUaException>(
            async () => await session.ReadAsync(read, new ValueColumns(), Cancellation));
    }

    [Fact]
    public async Task History_comes_in_order_over_many_pages()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync();
        List<double> seen = [];
        var pages = 0;

        await foreach (var page in HistoryAsync(session, pageValues: 70))
        {
            pages++;
            for (var row = 0; row < page.Values.Count; row++)
            {
                seen.Add(page.Values.ReadVariant(row, DecodingLimits.Default).AsDouble()!.Value);
            }
        }

        Assert.Equal(Enumerable.Range(0, SessionRig.HistoryLength).Select(i => (double)i), seen);
        Assert.True(pages > 10);
    }

    [Fact]
    public async Task An_abandoned_history_leaves_no_continuation_point_behind()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync();

        // More often than any server has continuation points.
        for (var i = 0; i < 300; i++)
        {
            await foreach (var page in HistoryAsync(session, pageValues: 10))
            {
                Assert.False(page.Status.IsBad, page.Status.ToString());
                break;
            }
        }
    }

    [Fact]
    public async Task A_renewed_certificate_is_not_taken_silently()
    {
        await using var rig = new SessionRig();
        await using var session = await rig.ConnectAsync(rig.Secured);

        rig.Server.Faults.RenewCertificate();
        rig.Server.Faults.DropConnections();
        await session.Closed.WaitAsync(Soon, Cancellation);

        await Assert.ThrowsAsync<OpcUaException>(() => session.ReactivateAsync(Cancellation));
        var error = await Assert.ThrowsAsync<OpcUaException>(() => rig.ConnectAsync(rig.Secured));
        Assert.Equal(StatusCodes.BadCertificateUntrusted, error.Status.Value);
        Assert.Contains("edgeagent certs trust", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_sessions_live_side_by_side()
    {
        await using var rig = new SessionRig();
        await using var other = new SessionRig();
        await using var first = await rig.ConnectAsync(rig.Secured);
        await using var second = await rig.ConnectAsync(rig.Plain);
        await using var third = await other.ConnectAsync(other.Secured);

        other.Server.Faults.DropConnections();
        await third.Closed.WaitAsync(Soon, Cancellation);

        Assert.Equal(3, await ReadAsync(first, "nsu=urn:test:line;i=4"));
        Assert.Equal(3, await ReadAsync(second, "nsu=urn:test:line;i=4"));
        Assert.Equal(SecurityPolicy.Aes256Sha256RsaPss, first.Policy);
    }

    private static IAsyncEnumerable<HistoryPage> HistoryAsync(ClientSession session, int pageValues) =>
        session.HistoryReadRawAsync(
            [SessionRig.Resolve(session, "nsu=urn:test:line;s=Hist")],
            SessionRig.HistoryStart,
            new(SessionRig.HistoryStart.Ticks + TimeSpan.TicksPerDay),
            pageValues,
            Cancellation);

    private static List<NodeId> Nodes(ClientSession session) =>
    [
        .. Enumerable.Range(1, SessionRig.Variables)
            .Select(id => SessionRig.Resolve(session, $"nsu=urn:test:line;i={id}")),
    ];

    private static async Task<double?> ReadAsync(ClientSession session, string address)
    {
        var values = await session.ReadAttributeAsync(
            [SessionRig.Resolve(session, address)], AttributeIds.Value, Cancellation);
        return values[0].Value.AsDouble();
    }
}

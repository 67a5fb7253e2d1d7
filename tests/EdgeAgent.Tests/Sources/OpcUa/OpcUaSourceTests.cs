using EdgeAgent.Configuration.Nodes;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Sources.OpcUa;

public sealed class OpcUaSourceTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(SinkRig.Start);
    private readonly SourceQueue _output = new(BatchWriter.QueueCapacity);
    private readonly CancellationTokenSource _stop = new();
    private readonly LogLines _log = new();
    private readonly OpcUaSource _source;
    private readonly Task _run;
    private HandFeed? _feed;

    public OpcUaSourceTests()
    {
        var tags = new[] { "cnc1.state", "cnc1.parts", "robot1.state" };
        var table = new TagTable(tags.Select(id => new Tag
        {
            Id = id,
            DeviceId = id.Split('.')[0],
            Kind = ValueKind.Int64,
        }));
        var endpoint = new OpcUaEndpoint
        {
            Name = "cell",
            Connection = new() { Url = new("opc.tcp://127.0.0.1:4840") },
            Identity = OpcUaIdentity.Anonymous,
            Rules = new(),
            Subscription = new(),
            QueueSize = 10,
            ConfirmAfter = TimeSpan.FromSeconds(10),
            Tags = [.. tags.Select((id, index) => new OpcUaTag
            {
                TagIndex = index,
                Device = id.Split('.')[0],
                Address = NodeAddress.Parse($"nsu=urn:cell;s={id}"),
                Format = new(NodeType.Int32),
                Interval = TimeSpan.FromSeconds(1),
            })],
        };
        _source = new(
            endpoint, table, new SampleBatchPool(512, 8), null,
            (sink, events) => _feed = new(sink, events), _clock, _log);
        _run = _source.RunAsync(_output, _stop.Token);
    }

    private IRunnerEvents Events => _feed!.Events;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    [Fact]
    public async Task It_ends_promptly_and_hands_over_what_was_said_last()
    {
        _feed!.Sink.Bad(1, new(StatusCodes.BadNodeIdUnknown));
        await _stop.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(_output.TryRead(out var item));
        Assert.Equal(StatusCodes.BadNodeIdUnknown, Assert.Single(item.Batch!.Statuses.ToArray()).Value);
    }

    [Fact]
    public async Task What_is_said_of_single_tags_is_flushed_in_time()
    {
        for (uint handle = 0; handle < 3; handle++)
        {
            _feed!.Sink.Bad(handle, new(StatusCodes.BadTooManyMonitoredItems));
        }

        Assert.Equal(0, _output.Count);
        while (_output.Count == 0)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.True(_output.TryRead(out var item));
        Assert.Equal(3, item.Batch!.Count);
    }

    [Fact]
    public void A_failed_connection_is_a_sentence_with_status_and_remedy_said_once_for_each_status()
    {
        var refused = new OpcUaException(StatusCodes.BadNotConnected, "127.0.0.1:4840 refuses the connection.");
        for (var i = 1; i <= 5; i++)
        {
            Events.ConnectFailed(i, refused, TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            "BadNotConnected: 127.0.0.1:4840 refuses the connection: " +
            "check url, network and whether the server is running",
            _source.Trouble);
        Assert.Single(_log.Lines);

        Events.ConnectFailed(
            6, new(StatusCodes.BadIdentityTokenRejected, "The server does not know the user."), default);
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("check user and password", _source.Trouble, StringComparison.Ordinal);

        Events.StateChanged(RunnerState.Subscribed, null);
        Assert.Null(_source.Trouble);
    }

    [Fact]
    public void An_untrusted_certificate_keeps_the_command_that_would_trust_it()
    {
        const string Message = "The certificate is not trusted. Compare it, then: edgeagent certs trust AB12";
        Events.ConnectFailed(1, new(StatusCodes.BadCertificateUntrusted, Message), default);

        Assert.Equal($"BadCertificateUntrusted: {Message}", _source.Trouble);
    }

    [Fact]
    public void Silence_while_connected_is_trouble_and_becomes_a_gap_when_it_ends()
    {
        Events.StateChanged(RunnerState.Subscribed, null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Events.TagsSilent([0, 1]);
        Assert.Equal("connected, but 2 tags say nothing; see the log", _source.Trouble);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Events.TagsSpeak([0, 1]);
        Assert.Null(_source.Trouble);

        Assert.True(_output.TryRead(out var item));
        Assert.Equal(
            new Gap(
                "cnc1", UtcTime.From(SinkRig.Start.AddSeconds(30)), UtcTime.From(SinkRig.Start.AddMinutes(2)),
                GapCause.SourceSilent, "Connected, but nothing was heard of cnc1.state, cnc1.parts."),
            item.Gap);
    }

    [Fact]
    public void Silence_that_ends_in_a_lost_connection_is_one_gap_as_far_as_it_is_one_hole()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        Events.TagsSilent([2]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Events.TagsSilent([0]);
        _feed!.State = RunnerState.Connecting;
        Events.StateChanged(RunnerState.Connecting, new(StatusCodes.BadTimeout, "No keep-alive came for 15 s."));
        Assert.StartsWith("BadTimeout: No keep-alive came for 15 s", _source.Trouble, StringComparison.Ordinal);
        Assert.Equal("connecting", _source.Figures.State);

        var from = SinkRig.Start.AddSeconds(80);
        _feed.Sink.Lost(new(
            null, UaDateTime.From(from), UaDateTime.From(from.AddMinutes(2)), LossCause.ServerSilent, "Silent."));

        // That of cnc1 lies inside the loss; that of robot1 began before it.
        Assert.Equal(0, _source.SilentCount);
        Assert.Equal(
            [
                ("robot1", UtcTime.From(SinkRig.Start.AddSeconds(30)), UtcTime.From(from)),
                ("cell", UtcTime.From(from), UtcTime.From(from.AddMinutes(2))),
            ],
            Gaps().Select(gap => (gap.Scope, gap.From, gap.To)));
    }

    private List<Gap> Gaps()
    {
        var gaps = new List<Gap>();
        while (_output.TryRead(out var item))
        {
            gaps.Add(item.Gap!);
        }

        return gaps;
    }
}

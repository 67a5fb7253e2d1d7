using EdgeAgent.Sinks.Mqtt;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.Mqtt;

/// <summary>The publisher against a real broker.</summary>
public sealed class MosquittoTests
{
    [Fact]
    public async Task A_user_with_the_right_password_publishes()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.PasswordPort, "viewer", "view");
        using var folder = new TempFolder();
        await using var rig = new PublisherRig(WithPassword(broker.PasswordPort, folder, "s3cret"));
        rig.Put(0, 500);
        await rig.PublishedAsync(500);

        await Eventually.TrueAsync(() => platform.Accepted.Count == 500);
        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"kpi/{number}"), platform.Arrived);
        Assert.Equal(PublisherRig.Message(7).Payload.ToArray(), platform.Accepted["kpi/7"]);
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_with_a_remedy_and_nothing_is_lost()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.PasswordPort, "viewer", "view");
        using var folder = new TempFolder();
        var endpoint = WithPassword(broker.PasswordPort, folder, "wrong");
        await using var rig = new PublisherRig(endpoint);
        rig.Put(0, 3);
        await rig.StateAsync(PublisherState.Refused);
        Assert.Contains(endpoint.PasswordFile!, rig.Publisher.Status.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, rig.Outbox.ReadCounters().Queued);

        await File.WriteAllTextAsync(endpoint.PasswordFile!, "s3cret", TestContext.Current.CancellationToken);
        await rig.PublishedAsync(3);
    }

    [Fact]
    public async Task A_topic_without_rights_is_parked_and_the_others_go_on()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.PasswordPort, "viewer", "view");
        using var folder = new TempFolder();
        await using var rig = new PublisherRig(WithPassword(broker.PasswordPort, folder, "s3cret"));
        rig.Put(0, 1, "edge/agent2/kpi");
        rig.Put(1, 2, "edge/agent1/kpi");
        await rig.PublishedAsync(2);

        Assert.Equal(1, rig.Outbox.ReadCounters().Parked);
        await Eventually.TrueAsync(() => platform.Accepted.Count == 2);
        Assert.False(platform.Accepted.ContainsKey("kpi/0"));
    }

    [Fact]
    public async Task Without_a_subscriber_messages_are_kept_until_there_is_one()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.AnonymousPort));
        rig.Put(0, 10);
        await rig.StateAsync(PublisherState.Undelivered);
        Assert.Equal(10, rig.Outbox.ReadCounters().Queued);

        await using var platform = await TestSubscriber.StartAsync(broker.AnonymousPort);
        await rig.PublishedAsync(10);
        await Eventually.TrueAsync(() => platform.Accepted.Count == 10);
    }

    [Fact]
    public async Task Tls_with_the_plants_own_ca_and_a_password()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.PasswordPort, "viewer", "view");
        using var folder = new TempFolder();
        await using var rig = new PublisherRig(
            WithPassword(broker.TlsPort, folder, "s3cret") with { Tls = new() { CaFile = broker.Certificates.Ca } });
        rig.Put(0, 50);
        await rig.PublishedAsync(50);
    }

    [Fact]
    public async Task Mutual_tls_needs_no_password()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.PasswordPort, "viewer", "view");
        await using var rig = new PublisherRig(Mutual(broker, "agent1"));
        rig.Put(0, 50);
        await rig.PublishedAsync(50);
    }

    [Fact]
    public async Task Without_a_client_certificate_there_is_no_connection_and_the_remedy_says_so()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var rig = new PublisherRig(
            PublisherRig.Plain(broker.MutualTlsPort) with { Tls = new() { CaFile = broker.Certificates.Ca } });
        rig.Put(0, 1);
        await CertificateIsAskedForAsync(rig);
    }

    [Fact]
    public async Task A_client_certificate_nobody_signed_is_not_let_in()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var rig = new PublisherRig(Mutual(broker, "rogue"));
        rig.Put(0, 1);
        await CertificateIsAskedForAsync(rig);
    }

    [Theory]
    [InlineData("expired", "ca", "NotTimeValid")]
    [InlineData("elsewhere", "ca", "another host name")]
    [InlineData("server", "other-ca", "")]
    public async Task A_server_certificate_that_is_not_to_be_trusted_is_a_refusal(
        string server, string ca, string reason)
    {
        await using var broker = await Mosquitto.StartAsync(serverCertificate: server);
        using var folder = new TempFolder();
        await using var rig = new PublisherRig(
            WithPassword(broker.TlsPort, folder, "s3cret") with
            {
                Tls = new() { CaFile = broker.Certificates.Certificate(ca) },
            });
        rig.Put(0, 1);
        await rig.StateAsync(PublisherState.Refused);

        Assert.Contains("not trusted", rig.Publisher.Status.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, rig.Publisher.Status.Reason, StringComparison.Ordinal);
        Assert.Equal(0, rig.Publisher.Sent);
    }

    [Fact]
    public async Task Without_a_ca_of_ours_the_plants_ca_is_not_trusted()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.TlsPort) with { Tls = new() });
        await rig.StateAsync(PublisherState.Refused);
        Assert.Contains("not trusted", rig.Publisher.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_spoken_to_a_plain_port_fails_and_never_falls_back()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.AnonymousPort);
        await using var rig = new PublisherRig(
            PublisherRig.Plain(broker.AnonymousPort) with { Tls = new() { CaFile = broker.Certificates.Ca } });
        rig.Put(0, 1);
        await Eventually.TrueAsync(() => rig.Publisher.Status.Remedy.Length > 0);
        Assert.Equal(0, rig.Publisher.Sent);
        Assert.Empty(platform.Arrived);
    }

    [Fact]
    public async Task A_broker_that_takes_one_at_a_time_gets_everything()
    {
        await using var broker = await Mosquitto.StartAsync("max_inflight_messages 1");
        await using var platform = await TestSubscriber.StartAsync(broker.AnonymousPort);
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.AnonymousPort));
        rig.Put(0, 300);
        await rig.PublishedAsync(300);
        await Eventually.TrueAsync(() => platform.Accepted.Count == 300);
    }

    [Fact]
    public async Task A_broker_killed_and_restarted_while_messages_flow_loses_none()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.AnonymousPort);
        await using var rig = new PublisherRig(PublisherRig.Plain(broker.AnonymousPort));
        using var flowing = new CancellationTokenSource();
        var put = 0;
        var putting = PutUntilAsync(flowing.Token);

        for (var kill = 0; kill < 4; kill++)
        {
            var goal = platform.Accepted.Count + 200;
            await Eventually.TrueAsync(() => platform.Accepted.Count >= goal);
            await broker.KillAsync();
            await Task.Delay(50, TestContext.Current.CancellationToken);
            await broker.StartAsync();
        }

        await flowing.CancelAsync();
        await putting;
        await rig.PublishedAsync(put);
        await Eventually.TrueAsync(() => platform.Accepted.Count == put, () => $"{platform.Accepted.Count} of {put}");
        Assert.Equal(put, rig.Outbox.ReadPosition("kpi"));

        async Task PutUntilAsync(CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                rig.Put(put, 20);
                put += 20;
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    [Fact]
    public async Task A_lost_acknowledgement_gives_a_duplicate_that_the_platform_recognises()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var platform = await TestSubscriber.StartAsync(broker.AnonymousPort);
        await using var line = new TcpProxy(broker.AnonymousPort);
        await using var rig = new PublisherRig(PublisherRig.Plain(line.Port));
        await rig.StateAsync(PublisherState.Connected);

        line.SwallowReplies = true;
        rig.Put(0, 10);
        await Eventually.TrueAsync(() => platform.Arrived.Count == 10);
        line.SwallowReplies = false;
        line.Cut();
        await rig.PublishedAsync(10);

        await Eventually.TrueAsync(() => platform.Arrived.Count == 20);
        Assert.Equal(10, platform.Accepted.Count);
        Assert.Equal(10, platform.Duplicates);
    }

    private static async Task CertificateIsAskedForAsync(PublisherRig rig)
    {
        await Eventually.TrueAsync(
            () => rig.Publisher.Status.Remedy.Contains("certificate", StringComparison.Ordinal),
            () => rig.Publisher.Status.ToString());
        Assert.NotEqual(PublisherState.Connected, rig.Publisher.Status.State);
        Assert.Equal(0, rig.Publisher.Sent);
        Assert.Equal(1, rig.Outbox.ReadCounters().Queued);
    }

    private static MqttEndpoint WithPassword(int port, TempFolder folder, string password) =>
        PublisherRig.Plain(port) with
        {
            Host = "localhost",
            User = "agent1",
            PasswordFile = PublisherRig.WriteSecret(folder, password),
        };

    private static MqttEndpoint Mutual(Mosquitto broker, string certificate) =>
        PublisherRig.Plain(broker.MutualTlsPort) with
        {
            Tls = new()
            {
                CaFile = broker.Certificates.Ca,
                CertificateFile = broker.Certificates.Certificate(certificate),
                KeyFile = broker.Certificates.Key(certificate),
            },
        };
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// Two hundred restarts of a server, each with other faults around it: every value that it served is delivered once or
/// lies in a lost span, and none is credited to another node.
/// </summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int Restarts = 200;
    private const string SeedVariable = "EDGEAGENT_SEED";

    [Fact]
    public async Task Two_hundred_restarts_lose_nothing_unnoticed_and_mix_nothing_up()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var given) ? given : 20_260_301;
        output.WriteLine($"Seed {seed}; another one by {SeedVariable}.");
        var random = new Random(seed);
        await using var rig = new RestartRig(SecurityPolicy.Basic256Sha256, hasHistory: true);
        await rig.FlowsAsync();
        for (var restart = 0; restart < Restarts; restart++)
        {
            await TroubleAsync(rig, random);
            rig.Tell("restart");
            rig.Server.Faults.Restart(
                Namespaces(random), keepsSubscriptions: random.Next(4) == 0,
                downtime: TimeSpan.FromMilliseconds(random.Next(60)));
            await PauseAsync(random, 150);
            if (restart % 10 == 9)
            {
                rig.Server.Faults.Restart(Namespaces(new Random(restart), isWhole: true));
                await rig.FlowsAsync();
            }
        }

        rig.Server.Faults.Restart(Namespaces(random, isWhole: true));
        await rig.FlowsAsync();
        await rig.StopAsync();

        var share = rig.LostShare();
        output.WriteLine($"{rig.Runner.Counters.Connects} connects, {rig.Runner.Counters.Values} values live, "
            + $"{rig.Runner.Counters.Resent} messages resent, {rig.Runner.Counters.Backfilled} values from history, "
            + $"{rig.Sink.Spans.Count} spans, {share:P1} of the served values lost.");
        Assert.Empty(rig.Sink.Wrong);
        Assert.Empty(rig.Sink.Repeated());
        Assert.Empty(rig.Unaccounted());
        Assert.InRange(share, 0, 0.5);
        Assert.True(rig.Runner.Counters.Backfilled > 0);
    }

    private static async Task TroubleAsync(RestartRig rig, Random random)
    {
        var faults = rig.Server.Faults;
        var kind = random.Next(12);
        rig.Tell($"trouble {kind}");
        switch (kind)
        {
            case 0:
                faults.DropConnections(withReset: random.Next(2) == 0);
                break;
            case 1:
                faults.LoseSubscriptions();
                break;
            case 2:
                faults.LoseSessions();
                faults.DropConnections();
                break;
            case 3:
                faults.LoseNotifications(random.Next(1, 4));
                break;
            case 4:
                faults.SkipSequenceNumbers((uint)random.Next(1, 4));
                break;
            case 5:
                faults.OverflowQueues();
                break;
            case 6:
                faults.Stall();
                await PauseAsync(random, 200);
                faults.Resume();
                break;
            case 7:
                faults.RenewCertificate();
                rig.Trust();
                break;
            case 8:
                faults.ResponseDelay = TimeSpan.FromMilliseconds(random.Next(30));
                break;
            case 9 when random.Next(5) == 0:
                faults.LoseSubscriptions(silently: true);
                await PauseAsync(random, 2_000);
                break;
            default:
                break;
        }

        await PauseAsync(random, 100);
        faults.ResponseDelay = TimeSpan.Zero;
    }

    private static List<string> Namespaces(Random random, bool isWhole = false)
    {
        var uris = RestartRig.Uris.OrderBy(_ => random.Next()).ToList();
        if (!isWhole && random.Next(4) == 0)
        {
            uris.RemoveAt(0);
        }

        if (random.Next(4) == 0)
        {
            uris.Insert(random.Next(uris.Count), "urn:machine:new");
        }

        return [NamespaceUris.OpcUa, .. uris];
    }

    private static Task PauseAsync(Random random, int most) =>
        Task.Delay(random.Next(5, most), TestContext.Current.CancellationToken);
}

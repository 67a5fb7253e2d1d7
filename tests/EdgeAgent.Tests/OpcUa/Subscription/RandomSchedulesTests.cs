namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>
/// Random schedules of trouble over the model server: whatever happens, every value that the server served is delivered
/// once or lies in a lost span, and none is credited to another node.
/// </summary>
public sealed class RandomSchedulesTests
{
    private const int Schedules = 2_000;

    // Each block is a test case of its own, so that they run side by side and a failure names its seed.
    private const int Block = 250;

    private static readonly string[] Kinds =
    [
        "drop", "lose subscriptions", "lose sessions and drop", "lose sessions", "restart", "stall", "loss", "delay",
        "duplication", "room",
    ];

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Schedules / Block)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_value_is_delivered_once_or_lost_with_a_reason(int block)
    {
        var (served, missing) = (0L, 0.0);
        for (var seed = block * Block; seed < (block + 1) * Block; seed++)
        {
            var (count, share) = Play(seed);
            served += count;
            missing += count * share;
        }

        // A runner that calls everything lost would pass otherwise.
        Assert.InRange(missing / served, 0.0001, 0.25);
    }

    private static (int Served, double Missing) Play(int seed)
    {
        var random = new Random(seed * 7919);
        using var run = new ModelRun(
            seed,
            nodeCount: random.Next(1, 9),
            historyShare: random.Next(3) / 2.0,
            settings: ModelRun.Settings with
            {
                PublishingInterval = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(100) : null,
                Backfill = random.Next(4) > 0,
            },
            change: tag => tag with
            {
                SamplingInterval = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 50 : 200),
                QueueSize = (uint)random.Next(2, 12),
                ConfirmAfter = TimeSpan.FromSeconds(random.Next(3)),
            },
            prepare: server =>
            {
                server.KnowsTransfer = random.Next(3) > 0;
                server.KnowsMethods = random.Next(3) > 0;
                server.ItemsPerSubscription = random.Next(3) > 0 ? int.MaxValue : 3;
                server.ItemsPerCall = random.Next(3) > 0 ? int.MaxValue : 2;
            });

        // Sometimes there is trouble already while everything is being created.
        run.Advance(random.Next(3) == 0 ? 0.05 : 1 + random.NextDouble());
        for (var trouble = random.Next(1, 6); trouble > 0; trouble--)
        {
            Trouble(run, random);
            run.Advance(random.NextDouble() * 2);
        }

        run.Settle(10);
        run.Stop();
        var share = run.Check($"Schedule {seed}:");
        Assert.True(run.Runner.Counters.Items == run.Tags.Count, $"Schedule {seed} ended with {run.Runner.Counters.Items} items.");
        return (run.Server.Served.Count, share);
    }

    private static void Trouble(ModelRun run, Random random)
    {
        var server = run.Server;
        var kind = random.Next(10);
        run.Tell(Kinds[kind]);
        switch (kind)
        {
            case 0:
                server.Drop();
                break;
            case 1:
                server.LoseSubscriptions();
                break;
            case 2:
                server.LoseSessions(keepsSubscriptions: random.Next(2) == 0);
                server.Drop();
                break;
            case 3:
                server.LoseSessions(keepsSubscriptions: false);
                break;
            case 4:
                server.Restart(
                    TimeSpan.FromMilliseconds(random.Next(10, 1_500)), keepsHistory: random.Next(2) == 0,
                    reorders: random.Next(2) == 0);
                break;
            case 5:
                server.Stall(TimeSpan.FromMilliseconds(random.Next(100, 5_000)));
                break;
            case 6:
                server.Loss = random.NextDouble() * 0.4;
                break;
            case 7:
                server.Delay = random.NextDouble();
                break;
            case 8:
                server.Duplication = random.NextDouble() * 0.5;
                break;
            default:
                run.Ledger.HasRoom = !run.Ledger.HasRoom;
                break;
        }
    }
}

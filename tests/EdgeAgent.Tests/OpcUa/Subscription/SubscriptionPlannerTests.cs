using CsCheck;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Tests.OpcUa.Subscription;

public sealed class SubscriptionPlannerTests
{
    private static readonly SubscriptionSettings Settings = new();

    [Fact]
    public void Every_tag_is_planned_once_and_no_subscription_is_too_large() => Gen.Select(
        Gen.Int[0, 500], Gen.Int[1, 90], Gen.Int[0, 3]).Sample((count, limit, speeds) =>
    {
        var tags = Enumerable.Range(0, count)
            .Select(i => Tag((uint)i) with { SamplingInterval = TimeSpan.FromMilliseconds(100 * (1 + (i % (speeds + 1)))) })
            .ToList();
        var plan = SubscriptionPlanner.Plan(tags, Settings, limit);

        Assert.Equal(Enumerable.Range(0, count), plan.SelectMany(planned => planned.Tags).Order());
        Assert.All(plan, planned => Assert.InRange(planned.Tags.Length, 1, limit));
        Assert.All(plan, planned => Assert.All(planned.Tags, tag =>
            Assert.True(planned.PublishingInterval <= tags[tag].SamplingInterval)));
    });

    [Fact]
    public void A_hundred_thousand_tags_fit_into_five_subscriptions() =>
        Assert.Equal(
            [20_000, 20_000, 20_000, 20_000, 20_000],
            SubscriptionPlanner.Plan(
                [.. Enumerable.Range(0, 100_000).Select(i => Tag((uint)i))], Settings,
                ServerProfile.Generic.ItemsPerSubscription).Select(planned => planned.Tags.Length));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(750, 500)]
    [InlineData(1_000, 1_000)]
    [InlineData(4_999, 2_000)]
    [InlineData(0, 10)]
    public void The_publishing_interval_follows_the_sampling_interval(int sampling, int publishing) => Assert.Equal(
        TimeSpan.FromMilliseconds(publishing),
        SubscriptionPlanner.PublishingIntervalOf(
            Tag(1) with { SamplingInterval = TimeSpan.FromMilliseconds(sampling) }, Settings));

    [Theory]
    [InlineData(1_000, 1_000, 10)]
    [InlineData(10, 1_000, 200)]
    [InlineData(0, 1_000, 200)]
    public void The_queue_is_long_enough_for_what_sampling_brings(int sampling, int publishing, uint size) => Assert.Equal(
        size,
        SubscriptionPlanner.QueueSizeOf(
            Tag(1) with { SamplingInterval = TimeSpan.FromMilliseconds(sampling) },
            TimeSpan.FromMilliseconds(publishing)));

    [Fact]
    public void The_lifetime_is_at_least_three_keep_alives()
    {
        var (keepAlive, lifetime) = SubscriptionPlanner.CountsOf(
            TimeSpan.FromSeconds(1),
            Settings with { KeepAlive = TimeSpan.FromSeconds(10), Lifetime = TimeSpan.FromSeconds(5) });

        Assert.Equal((10u, 30u), (keepAlive, lifetime));
    }

    [Fact]
    public void A_server_without_filters_is_sent_none()
    {
        var tag = Tag(1) with { Deadband = new(DeadbandType.Absolute, 0.5) };

        Assert.Null(SubscriptionPlanner.FilterOf(tag, ServerProfile.S71200));
        Assert.Equal(0.5, SubscriptionPlanner.FilterOf(tag, ServerProfile.Generic)!.DeadbandValue);
        Assert.Null(SubscriptionPlanner.FilterOf(Tag(1), ServerProfile.Generic));
    }

    [Theory]
    [InlineData("Siemens AG", "SIMATIC S7-1200", "s7-1200")]
    [InlineData("Siemens AG", "S7-1500 OPC UA Server", "s7-1500")]
    [InlineData("Kepware", "KEPServerEX", "kepware")]
    [InlineData("Inductive Automation", "Ignition OPC UA Server", "ignition")]
    [InlineData("Prosys OPC Ltd", "Simulation Server", "prosys")]
    [InlineData("Somebody", "Something", "generic")]
    public void A_server_is_recognised_by_what_it_says(string maker, string product, string profile) => Assert.Equal(
        ServerProfile.Find(profile), ServerProfile.Recognise(new() { ManufacturerName = maker, ProductName = product }));

    [Fact]
    public void What_the_server_says_wins_over_its_profile()
    {
        var limits = SubscriptionLimits.Of(
            ServerProfile.S71200, new() { ItemsPerCall = 7, ItemsPerSubscription = 50_000 });

        Assert.Equal((7, 50_000, 100), (limits.ItemsPerCall, limits.ItemsPerSubscription, limits.NodesPerRead));
    }

    private static MonitoredTag Tag(uint handle) => new(handle, new("urn:a", new NodeId(handle)));
}

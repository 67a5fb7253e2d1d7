using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class TokenLifetimeTests
{
    [Theory]
    [InlineData(60_000u, 60)]
    [InlineData(3_600_000u, 3_600)]
    [InlineData(3_600_001u, 3_600)]
    [InlineData(uint.MaxValue, 3_600)]
    [InlineData(0u, 1)]
    [InlineData(999u, 1)]
    [InlineData(1_000u, 1)]
    public void The_servers_lifetime_holds_between_one_second_and_what_was_asked(uint said, int seconds)
    {
        var lifetime = TokenLifetime.Of(TimeSpan.FromHours(1), said);
        Assert.Equal(TimeSpan.FromSeconds(seconds), lifetime.Revised);
        Assert.Equal(0.75 * seconds, lifetime.Renewal.TotalSeconds);
        Assert.Equal(1.25 * seconds, lifetime.End.TotalSeconds);
        Assert.Equal(lifetime.Revised, lifetime.Renewal + lifetime.Patience);
    }
}

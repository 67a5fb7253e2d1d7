using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class ServerLimitsTests
{
    [Fact]
    public void A_server_that_says_nothing_gets_what_known_servers_bear()
    {
        var missing = new DataValue(default, StatusCodes.BadNodeIdUnknown);

        var limits = ServerLimits.FromRead([.. ServerLimits.NodesToRead.Select(_ => missing)]);

        Assert.Equal(ServerLimits.Default, limits);
    }

    [Fact]
    public void Zero_is_not_known_and_what_is_said_counts_up_to_our_bound()
    {
        uint[] said = [100, 0, 3, uint.MaxValue, 5, 1, 0, 65_535];

        var limits = ServerLimits.FromRead([.. said.Select(limit => new DataValue(Variant.From(limit)))]);

        Assert.Equal(100, limits.NodesPerRead);
        Assert.Equal(ServerLimits.DefaultNodesPerBrowse, limits.NodesPerBrowse);
        Assert.Equal(3, limits.NodesPerTranslate);
        Assert.Equal(ServerLimits.Most, limits.MonitoredItemsPerCall);
        Assert.Equal(5, limits.NodesPerHistoryRead);
        Assert.Equal(1, limits.BrowseContinuationPoints);
        Assert.Null(limits.HistoryContinuationPoints);
        Assert.Equal(65_535, limits.ArrayLength);
    }
}

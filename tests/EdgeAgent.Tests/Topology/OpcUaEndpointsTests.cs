using EdgeAgent.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;
using EdgeAgent.Tests.Configuration;
using EdgeAgent.Topology;

namespace EdgeAgent.Tests.Topology;

public sealed class OpcUaEndpointsTests : IDisposable
{
    private readonly TestFolder _folder = Lay();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_not_written_is_the_safest_there_is()
    {
        var endpoint = Endpoint("robot");

        Assert.Equal(new Uri("opc.tcp://robot.example.com:4840/server"), endpoint.Connection.Url);
        Assert.Null(endpoint.Connection.Policy);
        Assert.Equal(MessageSecurityMode.SignAndEncrypt, endpoint.Connection.Mode);
        Assert.Equal(new(), endpoint.Rules);
        Assert.Equal(OpcUaIdentity.Anonymous, endpoint.Identity);
        Assert.Null(endpoint.Subscription.Profile);
        Assert.True(endpoint.Subscription.Backfill);
        Assert.Equal(SubscriptionMode.Auto, endpoint.Subscription.Mode);
    }

    [Fact]
    public void Everything_that_is_written_reaches_the_runner()
    {
        var endpoint = Endpoint("press");

        Assert.Equal(SecurityPolicy.Basic256Sha256, endpoint.Connection.Policy);
        Assert.Equal(TimeSpan.FromSeconds(5), endpoint.Connection.RequestTimeout);
        Assert.Equal(TimeSpan.FromMinutes(1), endpoint.Connection.SessionTimeout);
        Assert.Equal(
            new() { SuppressValidityPeriod = true, SuppressHostName = true, SuppressRevocationUnknown = true },
            endpoint.Rules);
        Assert.Equal(
            new()
            {
                Mode = SubscriptionMode.Poll,
                Profile = ServerProfile.S71500,
                PublishingInterval = TimeSpan.FromSeconds(1),
                KeepAlive = TimeSpan.FromSeconds(5),
                Lifetime = TimeSpan.FromMinutes(1),
                CallTimeout = TimeSpan.FromSeconds(5),
                Backfill = false,
            },
            endpoint.Subscription);
        Assert.Equal(100, endpoint.QueueSize);
        Assert.Equal(TimeSpan.FromSeconds(30), endpoint.ConfirmAfter);
        Assert.Equal(MessageSecurityMode.None, Endpoint("old").Connection.Mode);
    }

    [Fact]
    public void A_tag_is_asked_for_as_the_point_table_says()
    {
        var (endpoint, table) = Load("robot");
        var monitored = OpcUaEndpoints.Monitored(endpoint);

        Assert.Equal(Enumerable.Range(0, 6), monitored.Select(tag => (int)tag.Handle));
        Assert.Equal("nsu=urn:robot:model;s=Axes", monitored[3].Address.ToString());
        Assert.Equal(new(DeadbandType.Absolute, 0.5), monitored[3].Deadband);
        Assert.Equal(new(DeadbandType.Percent, 1), monitored[4].Deadband);
        Assert.Equal(TimeSpan.FromMilliseconds(100), monitored[3].SamplingInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), monitored[3].ConfirmAfter);
        Assert.Equal(TimeSpan.FromSeconds(30), monitored[3].SilentAfter);
        Assert.Equal("Axis[2].Position", endpoint.Tags[3].Field!.ToString());
        Assert.Equal("robot1.axis3", table[endpoint.Tags[3].TagIndex].Id);
        Assert.All(endpoint.Tags, tag => Assert.Equal(table[tag.TagIndex].Kind, tag.Format.Kind));
    }

    [Fact]
    public void A_sample_is_due_at_the_latest_when_it_is_confirmed()
    {
        var tags = ModelBuilder.Tags(Config());

        Assert.Equal(TimeSpan.FromSeconds(10), tags[tags.IndexOf("robot1.axis3")].Interval);
        Assert.Equal(TimeSpan.FromSeconds(30), tags[tags.IndexOf("press1.fast")].Interval);
        Assert.Equal(TimeSpan.FromSeconds(1), tags[tags.IndexOf("cnc1.state")].Interval);
    }

    [Fact]
    public void Modbus_and_OPC_UA_do_not_see_each_other()
    {
        var config = Config();
        var tags = ModelBuilder.Tags(config);

        Assert.Equal(["plc1"], ModbusEndpoints.Of(config, tags).Select(endpoint => endpoint.Name));
        Assert.Equal(["robot", "press", "old"], OpcUaEndpoints.Of(config, tags).Select(endpoint => endpoint.Name));
    }

    private static TestFolder Lay()
    {
        var folder = new TestFolder();
        TestFolders.Lay(Path.Combine(TestFolders.Cases, "legal-opc-ua"), folder.Path);
        return folder;
    }

    private PlantConfig Config()
    {
        var result = _folder.Load();
        Assert.Empty(result.Errors);
        return result.Config!;
    }

    private OpcUaEndpoint Endpoint(string name) => Load(name).Endpoint;

    private (OpcUaEndpoint Endpoint, TagTable Table) Load(string name)
    {
        var config = Config();
        var table = ModelBuilder.Tags(config);
        return (OpcUaEndpoints.Of(config, table).Single(endpoint => endpoint.Name == name), table);
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.OpcUa.Session;

public sealed class NamespaceTableTests
{
    private static readonly NodeAddress Temperature = NodeAddress.Parse("nsu=http://maker/press;s=Temp");

    [Fact]
    public void An_address_gets_the_index_of_this_session()
    {
        var before = new NamespaceTable([NamespaceUris.OpcUa, "urn:server", "http://maker/press"]);
        var after = new NamespaceTable([NamespaceUris.OpcUa, "http://maker/press", "urn:server"]);

        Assert.True(before.TryResolve(Temperature, out var id));
        Assert.Equal(new NodeId(2, "Temp"), id);
        Assert.True(after.TryResolve(Temperature, out id));
        Assert.Equal(new NodeId(1, "Temp"), id);
        Assert.False(before.SameAs(after));
    }

    [Fact]
    public void A_namespace_that_is_gone_has_no_node_even_if_another_has_its_index()
    {
        var table = new NamespaceTable([NamespaceUris.OpcUa, "urn:server", "http://maker/oven"]);

        Assert.False(table.TryResolve(Temperature, out var id));
        Assert.True(id.IsNull);
    }

    [Fact]
    public void Namespace_0_needs_no_table()
    {
        Assert.True(new NamespaceTable([]).TryResolve(NodeAddress.Parse("i=2258"), out var id));
        Assert.Equal(new NodeId(2258), id);
    }

    [Fact]
    public void A_uri_that_stands_twice_means_its_first_index()
    {
        Assert.True(new NamespaceTable([null, "a", "http://maker/press", "http://maker/press"])
            .TryResolve(Temperature, out var id));
        Assert.Equal(2, id.NamespaceIndex);
    }

    [Fact]
    public void Nodes_of_other_servers_are_not_nodes_of_this_one()
    {
        var table = new NamespaceTable([NamespaceUris.OpcUa, "urn:a"]);

        Assert.False(table.TryResolve(new ExpandedNodeId(new(85), null, 1), out _));
        Assert.True(table.TryResolve(new ExpandedNodeId(new(0, "x"), "urn:a", 0), out var id));
        Assert.Equal(new NodeId(1, "x"), id);
        Assert.False(table.TryResolve(new ExpandedNodeId(new(0, "x"), "urn:b", 0), out _));
    }

    [Fact]
    public void An_id_of_the_session_becomes_an_address_that_may_be_written_down()
    {
        var table = new NamespaceTable([NamespaceUris.OpcUa, "", "http://maker/press"]);

        Assert.Equal(Temperature, table.AddressOf(new(2, "Temp")));
        Assert.Equal("i=85", table.AddressOf(new(85))?.ToString());
        Assert.Null(table.AddressOf(new(1, "x")));
        Assert.Null(table.AddressOf(new(3, "x")));
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class NamespaceOrderTests
{
    private static readonly string[] Space = [NamespaceUris.OpcUa, "urn:a", "urn:b"];

    [Fact]
    public void The_same_order_translates_nothing()
    {
        var order = new NamespaceOrder(Space, Space);

        Assert.True(order.IsIdentity);
        Assert.Equal(new NodeId(2, "x"), order.ToWire(new NodeId(2, "x")));
    }

    [Fact]
    public void Another_order_exchanges_the_indexes()
    {
        var order = new NamespaceOrder(Space, [NamespaceUris.OpcUa, "urn:new", "urn:b", "urn:a"]);

        Assert.Equal(new NodeId(3, "x"), order.ToWire(new NodeId(1, "x")));
        Assert.Equal(new NodeId(2, "x"), order.ToWire(new NodeId(2, "x")));
        Assert.Equal([0, -1, 2, 1, -1], Enumerable.Range(0, 5).Select(index => order.ToSpace((ushort)index)));
    }

    [Fact]
    public void A_namespace_that_is_gone_has_no_nodes()
    {
        var order = new NamespaceOrder(Space, [NamespaceUris.OpcUa, "urn:b"]);

        Assert.False(order.IsOnWire(new(1, "x")));
        Assert.Equal(NodeId.Null, order.ToWire(new NodeId(1, "x")));
        Assert.Equal(new NodeId(1, "x"), order.ToWire(new NodeId(2, "x")));
    }

    [Theory]
    [InlineData("urn:a")]
    [InlineData(NamespaceUris.OpcUa, "urn:a", "urn:a")]
    public void The_standard_stands_first_and_none_twice(params string[] wire) =>
        Assert.Throws<ArgumentException>(() => new NamespaceOrder(Space, wire));
}

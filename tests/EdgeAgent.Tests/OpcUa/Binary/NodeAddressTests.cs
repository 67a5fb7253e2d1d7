using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Binary;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("i=2258")]
    [InlineData("nsu=http://maker/machine;s=Press1.Temp")]
    [InlineData("nsu=http://maker/machine;s=a;b=c")]
    [InlineData("nsu=http://maker/machine;s= 温度 ")]
    [InlineData("nsu=urn:a%3Bb%25c;i=4294967295")]
    [InlineData("nsu=urn:x;g=72962b91-fa75-4ae6-8d28-b404dc7daf63")]
    [InlineData("nsu=urn:x;b=AQL/")]
    [InlineData("s=x")]
    public void An_address_is_written_as_it_was_read(string text) =>
        Assert.Equal(text, NodeAddress.Parse(text).ToString());

    [Fact]
    public void The_parts_of_an_address_are_taken_apart()
    {
        var address = NodeAddress.Parse("nsu=urn:a%3Bb;s=x;y");
        Assert.Equal("urn:a;b", address.NamespaceUri);
        Assert.Equal(new NodeId(0, "x;y"), address.Id);
    }

    [Fact]
    public void The_namespace_of_the_standard_needs_no_uri() =>
        Assert.Equal(NodeAddress.Parse("i=85"), NodeAddress.Parse("nsu=http://opcfoundation.org/UA/;i=85"));

    [Theory]
    [InlineData(null, "1 to 8192 characters")]
    [InlineData("", "1 to 8192 characters")]
    [InlineData("ns=2;s=x", "may mean another namespace")]
    [InlineData("nsu=urn:x", "after nsu= comes the namespace URI, a semicolon")]
    [InlineData("nsu=;i=5", "after nsu= comes the namespace URI, a semicolon")]
    [InlineData("nsu=urn:x;", "the identifier is i=")]
    [InlineData("nsu=urn:x;i=", "the identifier is i=")]
    [InlineData("i=-1", "the identifier is i=")]
    [InlineData("i=+1", "the identifier is i=")]
    [InlineData("i= 1", "the identifier is i=")]
    [InlineData("i=4294967296", "the identifier is i=")]
    [InlineData("g=72962b91fa754ae68d28b404dc7daf63", "the identifier is i=")]
    [InlineData("b=A", "the identifier is i=")]
    [InlineData("x=1", "the identifier is i=")]
    [InlineData("Press1.Temp", "the identifier is i=")]
    [InlineData("nsu=urn:a%zz;i=1", "percent sign")]
    public void What_is_no_address_says_what_to_write(string? text, string message)
    {
        Assert.False(NodeAddress.TryParse(text, out _, out var error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_bounded()
    {
        Assert.True(NodeAddress.TryParse("s=" + new string('x', 8_190), out _, out _));
        Assert.False(NodeAddress.TryParse("s=" + new string('x', 8_191), out _, out _));
    }

    [Fact]
    public void Any_address_comes_back()
    {
        var values = new RandomValues(12);
        for (var i = 0; i < 2_000; i++)
        {
            var id = ((NodeId)values.Scalar(BuiltInType.NodeId)).InNamespace(0);
            if (id.IdType is IdType.String && id.Text == "" || id.IdType is IdType.Opaque && id.Opaque.IsEmpty)
            {
                continue;
            }

            var address = new NodeAddress(i % 2 == 0 ? null : $"urn:%;{i}%3B", id);
            Assert.Equal(address, NodeAddress.Parse(address.ToString()));
        }
    }
}

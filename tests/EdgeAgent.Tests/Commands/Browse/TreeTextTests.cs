using EdgeAgent.Commands.Browse;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.Commands.Browse;

public sealed class TreeTextTests
{
    [Fact]
    public void A_tree_shows_names_types_units_and_addresses_in_columns()
    {
        var walk = new SomeWalk();
        var press = walk.Object(0, "Press1", "一号压机");
        var temperature = walk.Variable(
            press, "Temp", SomeWalk.FactsOf(BuiltInType.Float) with { Unit = "°C" }, "油温");
        walk.Variable(temperature, "EURange", SomeWalk.FactsOf(BuiltInType.ExtensionObject), isProperty: true);
        walk.Variable(press, "计数", SomeWalk.FactsOf(BuiltInType.UInt32) with { IsArray = true });
        walk.Object(0, "Empty\u001b[2J");
        var output = new StringWriter { NewLine = "\n" };

        new TreeText(walk.Nodes, walk.Facts, walk.Namespaces).Write(output);

        Assert.Equal(
            """
            Objects
            ├─ Press1                               一号压机
            │  ├─ Temp                              float32 °C        nsu=urn:plant;s=Temp2  油温
            │  └─ 计数                              uint32[]          nsu=urn:plant;s=计数4
            └─ Empty?[2J

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void A_tree_as_deep_as_a_server_likes_is_written()
    {
        var walk = new SomeWalk();
        var parent = 0;
        for (var i = 0; i < 2_000; i++)
        {
            parent = walk.Object(parent, "x");
        }

        var output = new StringWriter { NewLine = "\n" };
        new TreeText(walk.Nodes, walk.Facts, walk.Namespaces).Write(output);

        Assert.Equal(2_001, output.ToString().Count(character => character == '\n'));
    }
}

using EdgeAgent.Commands.Browse;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.Tests.Configuration;

namespace EdgeAgent.Tests.Commands.Browse;

public sealed class TagRowsTests
{
    private readonly SomeWalk _walk = new();

    [Fact]
    public void A_variable_becomes_a_row_with_its_machine_type_unit_and_interval()
    {
        var press = _walk.Object(_walk.Folder(0, "Machines"), "Press 1");
        _walk.Variable(press, "Temp", SomeWalk.FactsOf(BuiltInType.Float) with
        {
            Unit = "°C",
            SamplingInterval = TimeSpan.FromMilliseconds(250),
        }, "油温");

        var row = Assert.Single(_walk.Rows());

        Assert.Equal(
            new(3, "Press_1.Temp", "Press_1", "nsu=urn:plant;s=Temp3", "float32", "°C", "3", "250ms", "油温", null), row);
    }

    [Theory]
    [InlineData("mg/m³", "mg/m3", "Flow")]
    [InlineData("furlong", "", "Flow [furlong]")]
    [InlineData("", "", "Flow")]
    public void A_unit_is_that_of_the_table_or_stands_in_the_description(string said, string unit, string description)
    {
        _walk.Variable(0, "Flow", SomeWalk.FactsOf(BuiltInType.Double) with { Unit = said });

        var row = Assert.Single(_walk.Rows());

        Assert.Equal((unit, description), (row.Unit, row.Description));
    }

    [Theory]
    [InlineData(0.1, "10ms")]
    [InlineData(99.2, "100ms")]
    [InlineData(1_000, "1s")]
    [InlineData(1e9, "1d")]
    public void An_interval_is_one_that_the_table_takes(double milliseconds, string interval)
    {
        _walk.Variable(0, "Flow", SomeWalk.FactsOf(BuiltInType.Double) with
        {
            SamplingInterval = TimeSpan.FromMilliseconds(milliseconds),
        });

        Assert.Equal(interval, Assert.Single(_walk.Rows()).Interval);
    }

    [Fact]
    public void What_cannot_be_a_tag_says_why()
    {
        _walk.Variable(0, "A", SomeWalk.FactsOf(BuiltInType.Double) with { IsArray = true });
        _walk.Variable(0, "B", SomeWalk.FactsOf(BuiltInType.Double) with { IsReadable = false });
        _walk.Variable(0, "C", SomeWalk.FactsOf(BuiltInType.ExtensionObject));
        _walk.Variable(0, "D", SomeWalk.FactsOf(BuiltInType.ByteString));
        _walk.Variable(0, "E", SomeWalk.FactsOf(BuiltInType.Null));

        var rows = _walk.Rows();

        Assert.All(rows, row => Assert.NotNull(row.Problem));
        Assert.Equal(5, rows.Select(row => row.Problem).Distinct().Count());
    }

    [Fact]
    public void The_rows_are_accepted_by_the_agents_own_check()
    {
        var press = _walk.Object(0, "Press1");
        foreach (var type in Enum.GetValues<BuiltInType>())
        {
            _walk.Variable(press, $"{type}, \"quoted\"\nand more", SomeWalk.FactsOf(type));
        }

        var csv = new StringWriter();
        TagCsv.Write(_walk.Rows(), csv);
        using var folder = new TestFolder();
        folder.Write("tags.csv", csv.ToString());
        folder.Write("devices.csv", "设备,名称,类别,端点\nPress1,压机,智能化,opc\n");
        folder.Replace(
            "agent.json",
            "\"endpoints\": [",
            "\"endpoints\": [ { \"name\": \"opc\", \"protocol\": \"opc-ua\", \"url\": \"opc.tcp://127.0.0.1:4840\" },");

        var errors = folder.Load().Errors.Where(error => error.File == "tags.csv").ToList();

        Assert.True(errors.Count == 0, string.Join('\n', errors) + "\n" + csv);
        Assert.True(_walk.Rows().Count(row => row.Problem is null) > 12);
    }
}

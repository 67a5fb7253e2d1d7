using EdgeAgent.Commands.Browse;

namespace EdgeAgent.Tests.Commands.Browse;

public sealed class TagNameTests
{
    private readonly TagName _names = new();

    [Theory]
    [InlineData("Press1", "Press1")]
    [InlineData("主轴 转速", "主轴_转速")]
    [InlineData("\"DB_1\".\"Temp\"", "DB_1_Temp")]
    [InlineData("a,,b", "a_b")]
    [InlineData("///", "x")]
    [InlineData("", "x")]
    public void A_segment_has_only_what_a_tag_table_takes(string name, string segment) =>
        Assert.Equal(segment, TagName.Segment(name));

    [Fact]
    public void A_name_is_the_path_from_the_machine()
    {
        Assert.Equal("Press1.Axis.Position", _names.Make(["Press1", "Axis", "Position"]));
    }

    [Fact]
    public void A_long_path_loses_its_beginning()
    {
        var name = _names.Make(["Machine", new string('a', 40), new string('b', 20)]);

        Assert.Equal($"{new string('a', 40)}.{new string('b', 20)}", name);
    }

    [Fact]
    public void No_two_paths_get_the_same_name()
    {
        var names = Enumerable.Range(0, 12).Select(_ => _names.Make([new string('c', 70)])).ToList();

        Assert.Equal(12, names.Distinct().Count());
        Assert.All(names, name => Assert.True(name.Length <= 64));
        Assert.EndsWith("_12", names[^1], StringComparison.Ordinal);
    }
}

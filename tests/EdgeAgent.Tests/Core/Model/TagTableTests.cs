using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.Core.Model;

public sealed class TagTableTests
{
    [Fact]
    public void A_tag_is_found_by_its_id_and_case_matters()
    {
        var tags = new TagTable([Tag("a"), Tag("A")]);

        Assert.Equal((0, 1, -1), (tags.IndexOf("a"), tags.IndexOf("A"), tags.IndexOf("b")));
    }

    [Fact]
    public void The_same_id_twice_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new TagTable([Tag("a"), Tag("a")]));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    private static Tag Tag(string id) => new() { Id = id, DeviceId = "d", Kind = ValueKind.Int64 };
}

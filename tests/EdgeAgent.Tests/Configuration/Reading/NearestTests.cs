using CsCheck;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration.Reading;

public sealed class NearestTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("KWH", "kWh", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("interval", "interval", 0)]
    public void Distance_counts_edits_without_case(string left, string right, int edits)
    {
        Assert.Equal(edits, Nearest.Distance(left, right, 10));
        Assert.Equal(edits, Nearest.Distance(right, left, 10));
    }

    [Fact]
    public void Beyond_the_limit_the_distance_is_not_looked_for()
    {
        var word = Gen.Char['a', 'd'].Array[0, 8].Select(letters => new string(letters));
        Gen.Select(word, word, Gen.Int[0, 8]).Sample((left, right, limit) =>
            Assert.Equal(Math.Min(Nearest.Distance(left, right, 8), limit + 1), Nearest.Distance(left, right, limit)));
    }

    [Fact]
    public void The_nearest_candidate_is_suggested_and_a_far_one_is_not()
    {
        var findings = new Findings();

        Assert.Equal("interval", findings.Suggest("intervall", ["internal", "interval", "offset"]));
        Assert.Null(findings.Suggest("m9", ["m2"]));
        Assert.Null(findings.Suggest(new string('x', 1000), [new string('x', 999)]));
    }
}

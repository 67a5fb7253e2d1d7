using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Commands;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Press1", 6)]
    [InlineData("压机一号", 8)]
    [InlineData("值 / value", 10)]
    [InlineData("（℃）", 5)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U00020BB7", 2)]
    public void A_chinese_character_takes_two_columns(string text, int width) =>
        Assert.Equal(width, TextWidth.Of(text));

    [Fact]
    public void Columns_stand_under_each_other_and_never_touch()
    {
        Assert.Equal("压机  |", TextWidth.Pad("压机", 6) + "|");
        Assert.Equal("abcdef |", TextWidth.Pad("abcdef", 6) + "|");
    }

    [Fact]
    public void What_a_terminal_would_obey_is_shown_instead()
    {
        Assert.Equal("a?[31m压机?", TerminalText.Of("a\u001b[31m压机\u202e"));
        Assert.Equal(4_001, TerminalText.Of(new string('x', 10_000)).Length);
    }
}

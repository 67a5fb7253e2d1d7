using System.Text;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Tests.Sinks.TimeSeries;

public sealed class LineRangeTests
{
    [Theory]
    [InlineData("a\n")]
    [InlineData("a long line\n")]
    public void One_line_cannot_be_halved(string text) =>
        Assert.False(LineRange.TrySplit(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\na much longer line\n")]
    [InlineData("a much longer line\nb\n")]
    [InlineData("a\nb\nc\n")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaa\nb\nc\nd\ne\n")]
    public void Halving_again_and_again_ends_with_every_line_alone_and_in_order(string text)
    {
        var lines = new List<string>();
        Halve(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, string.Concat(lines));
        Assert.All(lines, line => Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal)));

        void Halve(ReadOnlyMemory<byte> range)
        {
            if (LineRange.TrySplit(range, out var first, out var second))
            {
                Halve(first);
                Halve(second);
            }
            else
            {
                lines.Add(Encoding.UTF8.GetString(range.Span));
            }
        }
    }
}

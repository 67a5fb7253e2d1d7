using EdgeAgent.Commands;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.Commands;

public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void On_a_terminal_the_line_is_rewritten()
    {
        var progress = new ProgressLine(_output, isTerminal: true, _clock);

        progress.Show(0.5, "reading 采集");
        _clock.Advance(TimeSpan.FromSeconds(1));
        progress.Show(1, "done");
        progress.End();

        Assert.Equal(
            "\r[############............] reading 采集\r[########################] done        \n", _output.ToString());
    }

    [Fact]
    public void Elsewhere_a_line_is_written_every_few_seconds()
    {
        var progress = new ProgressLine(_output, isTerminal: false, _clock);

        progress.Show(0, "a");
        progress.Show(0.1, "b");
        _clock.Advance(TimeSpan.FromSeconds(5));
        progress.Show(0.2, "c");
        progress.End();

        Assert.Equal("[........................] a\n[####....................] c\n", _output.ToString());
    }
}

namespace EdgeAgent.Commands;

/// <summary>
/// One line that says how far a long work is: rewritten in place on a terminal, a new line every few seconds elsewhere.
/// </summary>
/// <param name="output">Where people look; never the stream that carries the result.</param>
/// <param name="isTerminal">Whether a carriage return takes the cursor back to the line's start.</param>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, TimeProvider clock)
{
    // Often enough to be seen to live, seldom enough for a log file.
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);
    private const int BarWidth = 24;

    private long _shownAt;
    private bool _shown;
    private int _width;

    /// <param name="share">0 to 1.</param>
    /// <param name="text">What is going on, without a line end.</param>
    public void Show(double share, string text)
    {
        if (_shown && clock.GetElapsedTime(_shownAt) < (isTerminal ? OnTerminal : Elsewhere))
        {
            return;
        }

        (_shown, _shownAt) = (true, clock.GetTimestamp());
        var filled = (int)(Math.Clamp(share, 0, 1) * BarWidth);
        var line = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {text}";
        if (isTerminal)
        {
            var width = TextWidth.Of(line);
            output.Write('\r' + line + new string(' ', Math.Max(_width - width, 0)));
            _width = width;
        }
        else
        {
            output.WriteLine(line);
        }

        output.Flush();
    }

    /// <summary>Takes the line away, where that is possible.</summary>
    public void Clear()
    {
        if (isTerminal && _shown)
        {
            output.Write('\r' + new string(' ', _width) + '\r');
            output.Flush();
        }

        (_shown, _width) = (false, 0);
    }

    /// <summary>Leaves the line as it is and goes on below.</summary>
    public void End()
    {
        if (isTerminal && _shown)
        {
            output.WriteLine();
        }
    }
}

namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>Halves a run of lines. No line holds an LF but the one at its end.</summary>
internal static class LineRange
{
    /// <returns>False if there is only one line.</returns>
    public static bool TrySplit(
        ReadOnlyMemory<byte> lines, out ReadOnlyMemory<byte> first, out ReadOnlyMemory<byte> second)
    {
        var span = lines.Span;
        var middle = span[..(span.Length / 2)].LastIndexOf((byte)'\n') + 1;
        if (middle == 0)
        {
            middle = span.IndexOf((byte)'\n') + 1;
        }

        (first, second) = (lines[..middle], lines[middle..]);
        return middle > 0 && middle < span.Length;
    }
}

namespace EdgeAgent.Commands.Browse;

/// <summary>Rows of tags.csv. What cannot be a tag as it is becomes a comment with the reason.</summary>
internal static class TagCsv
{
    public const string Header = "点,设备,地址,类型,单位,小数位,周期,字段,说明";

    public static void Write(IEnumerable<TagRow> rows, TextWriter output)
    {
        output.WriteLine(Header);
        foreach (var row in rows)
        {
            if (row.Problem is { } problem)
            {
                output.WriteLine($"# {problem}:");
                output.Write("# ");
            }

            output.WriteLine(Line(row));
        }
    }

    private static string Line(TagRow row) => string.Join(
        ',',
        Cell(row.Tag), Cell(row.Device), Cell(row.Address), row.Type, row.Unit, row.Decimals, row.Interval, "",
        Cell(row.Description));

    private static string Cell(string text)
    {
        // A server's text must not end the row; TerminalText has replaced what a terminal would obey.
        var line = text.ReplaceLineEndings(" ");
        return line.AsSpan().IndexOfAny(",\"") >= 0 || line.StartsWith('#') || line.StartsWith(' ')
            ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : line;
    }
}

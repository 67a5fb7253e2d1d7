using System.Text;
using CsCheck;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration.Reading;

public sealed class CsvReaderTests
{
    // Everything that has a meaning in the grammar, and letters of one to four bytes.
    private static readonly Gen<string> Cell =
        OneOf('a', '"', ',', '\r', '\n', ' ', '\t', '#', 'é', '镁', '\uFEFF')
            .Array[0, 6].Select(letters => new string(letters));

    private static readonly Gen<string[][]> Table = Cell.Array[1, 4].Array[0, 5];

    [Fact]
    public void What_is_written_by_the_rules_is_read_back()
    {
        Gen.Select(Table, OneOf("\n", "\r\n", "\r")).Sample((table, lineEnd) =>
        {
            var text = string.Concat(table.Select(row => string.Join(',', row.Select(Quote)) + lineEnd));

            var (rows, findings) = Read(text);

            Assert.Equal(0, findings.ErrorCount);
            Assert.Equal(table.Where(IsRecord), rows);
        });
    }

    [Fact]
    public void Cells_know_where_they_stand()
    {
        var file = Source("# 镁\n\n\"两\n行\",b\r\n  c ,\"d\"");
        var reader = new CsvReader(file, new Findings());

        var places = new List<(string, int, int)>();
        while (reader.Next() is { } cells)
        {
            places.AddRange(cells.Select(
                cell => (cell.Text, file.PositionOf(cell.Offset).Line, file.PositionOf(cell.Offset).Column)));
        }

        Assert.Equal([("两\n行", 3, 1), ("b", 4, 4), ("c", 5, 3), ("d", 5, 6)], places);
    }

    [Fact]
    public void Any_bytes_end_in_records_or_findings()
    {
        OneOf('"', ',', '\n', '\r', '#', 'a', ' ').Array[0, 60].Sample(letters =>
        {
            var (rows, _) = Read(new string(letters));

            Assert.InRange(rows.Count, 0, letters.Length);
        });
    }

    [Fact]
    public void A_forgotten_quote_does_not_swallow_a_large_file()
    {
        var (_, findings) = Read("a,\"b\n" + string.Concat(Enumerable.Repeat("c,d\n", 10_000)) + "\"\n");

        Assert.Contains("forgotten quote", Assert.Single(findings.Errors([])).Remedy.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_many_commas_is_bounded()
    {
        var (_, findings) = Read(new string(',', 1_000_000));

        Assert.Single(findings.Errors([]));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsRecord(string[] row) => row.Any(cell => cell.Length > 0) && !row[0].StartsWith('#');

    private static SourceFile Source(string text) =>
        new("t.csv", Encoding.UTF8.GetBytes(text), SourceFileState.Present);

    private static (List<string[]> Rows, Findings Findings) Read(string text)
    {
        var findings = new Findings();
        var reader = new CsvReader(Source(text), findings);
        List<string[]> rows = [];
        while (reader.Next() is { } cells)
        {
            rows.Add([.. cells.Select(cell => cell.Text)]);
        }

        return (rows, findings);
    }
}

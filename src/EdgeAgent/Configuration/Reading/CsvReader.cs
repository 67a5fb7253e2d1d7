using System.Text;

namespace EdgeAgent.Configuration.Reading;

/// <summary>
/// Splits a file into records and cells (RFC 4180):
/// <code>
///   record = cell *( "," cell ) ( CRLF / LF / CR / end of file )
///   cell   = *blank ( bare / quoted ) *blank
///   bare   = *( any character but , " CR LF )            blanks at its ends do not count
///   quoted = DQUOTE *( any character / 2DQUOTE ) DQUOTE  may hold commas and line breaks; blanks inside count
/// </code>
/// Two additions: a line that is empty or holds only commas and blanks is skipped, and so is one that begins with #.
/// </summary>
internal sealed class CsvReader(SourceFile file, Findings findings)
{
    // One cell holds at most a description; a whole file inside one quote is a forgotten quote.
    private const int MaxCellBytes = 8 * 1024;

    // The widest table has 11 columns; spreadsheets pad, so leave room.
    private const int MaxCells = 256;

    private int _position;

    /// <summary>
    /// Whether the record last returned had a mistake of form, which has been reported; its cells mean nothing.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// The next record that is neither blank nor a comment; null at the end or after an error that hides the rest.
    /// </summary>
    public List<CsvField>? Next()
    {
        while (_position < file.Content.Length)
        {
            if (Bytes[_position] == '#')
            {
                SkipLine();
                continue;
            }

            IsBroken = false;
            var cells = ReadRecord();
            if (cells is null)
            {
                _position = file.Content.Length;
                return null;
            }

            // A spreadsheet that saves a comment with a quote in it puts the whole comment into quotes.
            if (IsBroken || (cells.Exists(cell => cell.Text.Length > 0) && !cells[0].Text.StartsWith('#')))
            {
                return cells;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> Bytes => file.Content.Span;

    private List<CsvField>? ReadRecord()
    {
        List<CsvField> cells = [];
        while (true)
        {
            SkipBlanks();
            var start = _position;
            var cell = start < Bytes.Length && Bytes[start] == '"' ? ReadQuoted() : ReadBare();
            if (cell is null)
            {
                return null;
            }

            if (cells.Count == MaxCells)
            {
                findings.Error(
                    new Place(file, start),
                    ($"一行超过 {MaxCells} 格", $"more than {MaxCells} cells in a line"),
                    ("删除多余的逗号", "remove the surplus commas"));
                return null;
            }

            cells.Add(new CsvField(cell, start));
            if (_position < Bytes.Length && Bytes[_position] == ',')
            {
                _position++;
                continue;
            }

            SkipLineEnd();
            return cells;
        }
    }

    private string? ReadBare()
    {
        var start = _position;
        var length = Bytes[start..].IndexOfAny(",\r\n\""u8);
        var end = length < 0 ? Bytes.Length : start + length;
        _position = end;
        if (end < Bytes.Length && Bytes[end] == '"')
        {
            findings.Error(
                new Place(file, end),
                ("单元格中间有引号", "a quote in the middle of a cell"),
                ("整格加引号，里面的引号写两个，例如 \"3\"\"阀\"", "quote the whole cell and double inner quotes, \"3\"\" valve\""));
            return SkipBadCell();
        }

        return Fits(start, end) ? Encoding.UTF8.GetString(Bytes[start..end]).Trim() : null;
    }

    private string? ReadQuoted()
    {
        var start = _position;
        var at = start + 1;
        while (true)
        {
            var length = Bytes[at..].IndexOf((byte)'"');
            if (length < 0)
            {
                findings.Error(
                    new Place(file, start),
                    ("引号没有关上", "the quote is never closed"),
                    ("在这一格的末尾补上 \"", "add \" at the end of the cell"));
                return null;
            }

            at += length + 1;
            if (at >= Bytes.Length || Bytes[at] != '"')
            {
                break;
            }

            at++;
        }

        if (!Fits(start, at))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Bytes[(start + 1)..(at - 1)])
            .Replace("\"\"", "\"", StringComparison.Ordinal);
        _position = at;
        SkipBlanks();
        if (_position < Bytes.Length && Bytes[_position] is not ((byte)',' or (byte)'\r' or (byte)'\n'))
        {
            findings.Error(
                new Place(file, _position),
                ("右引号后面还有文字", "text after the closing quote"),
                ("整格加引号，里面的引号写两个", "quote the whole cell and double inner quotes"));
            return SkipBadCell();
        }

        return text;
    }

    // The cell is reported; go on behind it, so that the mistakes after it are found too.
    private string SkipBadCell()
    {
        IsBroken = true;
        var length = Bytes[_position..].IndexOfAny(",\r\n"u8);
        _position = length < 0 ? Bytes.Length : _position + length;
        return "";
    }

    private bool Fits(int start, int end)
    {
        if (end - start <= MaxCellBytes)
        {
            return true;
        }

        findings.Error(
            new Place(file, start),
            ($"单元格超过 {SizeText.Format(MaxCellBytes)}", $"a cell longer than {SizeText.Format(MaxCellBytes)}"),
            ("检查这里是否漏了引号", "look for a forgotten quote here"));
        return false;
    }

    private void SkipBlanks()
    {
        while (_position < Bytes.Length && Bytes[_position] is (byte)' ' or (byte)'\t')
        {
            _position++;
        }
    }

    private void SkipLine()
    {
        var length = Bytes[_position..].IndexOfAny((byte)'\r', (byte)'\n');
        _position = length < 0 ? Bytes.Length : _position + length;
        SkipLineEnd();
    }

    private void SkipLineEnd()
    {
        if (_position < Bytes.Length && Bytes[_position] == '\r')
        {
            _position++;
        }

        if (_position < Bytes.Length && Bytes[_position] == '\n')
        {
            _position++;
        }
    }
}

namespace EdgeAgent.Configuration.Reading;

/// <summary>A CSV file with a heading line: its rows, once the headings are understood.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<CsvColumn, int> _indexes = [];

    private CsvTable(SourceFile file, Findings findings)
    {
        File = file;
        Findings = findings;
    }

    public SourceFile File { get; }

    public Findings Findings { get; }

    public List<CsvRow> Rows { get; } = [];

    /// <summary>
    /// Whether every row of the file is here. If not, a name that is missing here may well be in the file, and nobody
    /// should be told that it is unknown.
    /// </summary>
    public bool IsWhole { get; private set; }

    public int IndexOf(CsvColumn column) => _indexes.GetValueOrDefault(column, -1);

    public static CsvTable Read(SourceFile file, IReadOnlyList<CsvColumn> columns, Findings findings)
    {
        var table = new CsvTable(file, findings);
        if (file.State != SourceFileState.Present)
        {
            table.IsWhole = file.State == SourceFileState.Absent;
            return table;
        }

        var errorsBefore = findings.ErrorCount;
        var reader = new CsvReader(file, findings);
        var heading = reader.Next();
        if (heading is null)
        {
            if (findings.ErrorCount == errorsBefore)
            {
                findings.Error(file.Whole, ("文件是空的", "the file is empty"), ExpectedHeading(columns));
            }

            return table;
        }

        if (reader.IsBroken || !table.ReadHeading(heading, columns))
        {
            return table;
        }

        errorsBefore = findings.ErrorCount + findings.OmittedCount;
        while (reader.Next() is { } cells)
        {
            if (!reader.IsBroken)
            {
                table.AddRow(cells, heading.Count);
            }
        }

        table.IsWhole = findings.ErrorCount + findings.OmittedCount == errorsBefore;
        return table;
    }

    private static Bilingual ExpectedHeading(IReadOnlyList<CsvColumn> columns)
    {
        var names = string.Join(',', columns.Select(column => column.Name));
        return ($"第一行写表头：{names}", $"a first line {names}");
    }

    private bool ReadHeading(List<CsvField> heading, IReadOnlyList<CsvColumn> columns)
    {
        if (heading.Count == 1 && SeparatorIn(heading[0].Text) is { } separator)
        {
            Findings.Error(
                new Place(File, heading[0].Offset),
                ($"列之间用的是{separator.Chinese}，不是逗号", $"the columns are separated by {separator.English}, not by commas"),
                ("另存为“CSV UTF-8（逗号分隔）”", "save as \"CSV UTF-8 (comma delimited)\""));
            return false;
        }

        var isUnderstood = true;
        for (var i = 0; i < heading.Count; i++)
        {
            isUnderstood &= ReadHeadingCell(heading, i, columns);
        }

        foreach (var column in columns.Where(column => column.IsRequired && !_indexes.ContainsKey(column)))
        {
            isUnderstood = false;
            Findings.Error(
                new Place(File, heading[0].Offset),
                ($"缺少 {column.Name} 列", $"column {column.Name} is missing"),
                ($"在表头加上 {string.Join(" 或 ", [column.Name, .. column.Aliases])}",
                    $"add {string.Join(" or ", [column.Name, .. column.Aliases])} to the first line"));
        }

        return isUnderstood;
    }

    private bool ReadHeadingCell(List<CsvField> heading, int index, IReadOnlyList<CsvColumn> columns)
    {
        var (text, offset) = heading[index];
        var place = new Place(File, offset);
        if (text.Length == 0)
        {
            // Spreadsheets pad every line with commas to the widest one.
            if (heading.Skip(index).All(cell => cell.Text.Length == 0))
            {
                return true;
            }

            Findings.Error(place, ("表头有一格是空的", "an empty cell in the first line"), ExpectedHeading(columns));
            return false;
        }

        var column = columns.FirstOrDefault(candidate => candidate.IsCalled(text));
        if (column is null)
        {
            var suggestion = Findings.Suggest(text, columns.SelectMany(known => known.Aliases.Prepend(known.Name)));
            Findings.Error(
                place,
                ($"不认识的列 {Quoted.Of(text)}", $"unknown column {Quoted.Of(text)}"),
                suggestion ?? (Bilingual)(
                    $"删除它；可用的列：{string.Join(',', columns.Select(known => known.Name))}",
                    $"remove it; known columns: {string.Join(',', columns.Select(known => known.Name))}"));
            return false;
        }

        if (_indexes.TryAdd(column, index))
        {
            return true;
        }

        Findings.Error(
            place,
            ($"{column.Name} 列写了两次，第一次是 {Quoted.Of(heading[_indexes[column]].Text)}",
                $"column {column.Name} appears twice, first as {Quoted.Of(heading[_indexes[column]].Text)}"),
            ("只留一列", "keep one of them"));
        return false;
    }

    // A row of another width is not read: its cells need not stand under their headings.
    private void AddRow(List<CsvField> cells, int headingCount)
    {
        var surplus = cells.Skip(headingCount).FirstOrDefault(cell => cell.Text.Length > 0);
        if (surplus.Text is not null)
        {
            Findings.Error(
                new Place(File, surplus.Offset),
                ($"这一行比表头多出一格 {Quoted.Of(surplus.Text)}",
                    $"one cell more than the first line: {Quoted.Of(surplus.Text)}"),
                ("含逗号的内容整格加引号", "quote a cell that contains a comma"));
            return;
        }

        if (cells.Count < headingCount)
        {
            Findings.Error(
                new Place(File, cells[0].Offset),
                ($"这一行只有 {cells.Count} 格，表头有 {headingCount} 格",
                    $"{cells.Count} cells where the first line has {headingCount}"),
                ("用逗号补齐空的格", "add commas for the empty cells"));
            return;
        }

        Rows.Add(new CsvRow(this, cells));
    }

    private static Bilingual? SeparatorIn(string heading) => heading switch
    {
        _ when heading.Contains(';', StringComparison.Ordinal) => ("分号", "semicolons"),
        _ when heading.Contains('\t', StringComparison.Ordinal) => ("制表符", "tabs"),
        _ when heading.Contains('，', StringComparison.Ordinal) => ("全角逗号", "full-width commas"),
        _ => null,
    };
}

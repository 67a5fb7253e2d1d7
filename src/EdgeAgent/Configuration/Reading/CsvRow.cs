namespace EdgeAgent.Configuration.Reading;

/// <summary>One record of a table; its cells are asked for by column.</summary>
internal sealed class CsvRow(CsvTable table, List<CsvField> cells)
{
    /// <summary>The beginning of the row.</summary>
    public Place Place => new(table.File, cells[0].Offset);

    public Field this[CsvColumn column]
    {
        get
        {
            var index = table.IndexOf(column);
            if (index < 0 || index >= cells.Count)
            {
                return new Field(column.Name, FieldKind.Missing, "", Place, table.Findings);
            }

            var cell = cells[index];
            return new Field(
                column.Name,
                cell.Text.Length == 0 ? FieldKind.Missing : FieldKind.Cell,
                cell.Text,
                new Place(table.File, cell.Offset),
                table.Findings);
        }
    }
}

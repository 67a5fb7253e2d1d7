namespace EdgeAgent.Journal.Format;

// Mode 0  every row is the column's usual value; nothing follows
//      1  one value for all rows       zigzag(value - last)
//      2  runs                         { varint rows, zigzag(value - value before) }
//      3  every row                    zigzag(value - value before)

/// <summary>Times and statuses: columns that mostly stand still within a batch.</summary>
internal static class ColumnCodec
{
    public const int Usual = 0;
    public const int Constant = 1;
    public const int Runs = 2;
    public const int Rows = 3;

    /// <summary>The most bytes that a row can take.</summary>
    public const int MaxBytesPerRow = 3 + ByteWriter.MaxVarintBytes;

    /// <summary>
    /// Writes a column and returns its mode. <paramref name="last"/> is the value before the first row; afterwards that
    /// of the last row, unless all are usual.
    /// </summary>
    public static int Write(ref ByteWriter writer, ReadOnlySpan<long> values, long usual, ref long last)
    {
        var first = values[0];
        if (values.IndexOfAnyExcept(first) < 0)
        {
            if (first == usual)
            {
                return Usual;
            }

            writer.WriteZigZag(first - last);
            last = first;
            return Constant;
        }

        var mode = 2 * CountRuns(values) <= values.Length ? Runs : Rows;
        while (!values.IsEmpty)
        {
            var run = 1;
            if (mode == Runs)
            {
                run = values.IndexOfAnyExcept(values[0]) is var end and >= 0 ? end : values.Length;
                writer.WriteVarint((ulong)run);
            }

            writer.WriteZigZag(values[0] - last);
            last = values[0];
            values = values[run..];
        }

        return mode;
    }

    /// <exception cref="JournalFormatException"/>
    public static void Read(ref ByteReader reader, int mode, Span<long> values, long usual, ref long last)
    {
        switch (mode)
        {
            case Usual:
                values.Fill(usual);
                return;
            case Constant:
                last += reader.ReadZigZag();
                values.Fill(last);
                return;
            default:
                while (!values.IsEmpty)
                {
                    var run = mode == Runs ? reader.ReadCount(values.Length) : 1;
                    last += reader.ReadZigZag();
                    values[..run].Fill(last);
                    values = run > 0 ? values[run..] : throw new JournalFormatException("A run of no rows.");
                }

                return;
        }
    }

    private static int CountRuns(ReadOnlySpan<long> values)
    {
        var runs = 1;
        for (var i = 1; i < values.Length; i++)
        {
            runs += values[i] == values[i - 1] ? 0 : 1;
        }

        return runs;
    }
}

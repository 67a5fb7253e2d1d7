using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>
/// Lines on their way into one write request, in one array that is filled again and again. Used by one thread at a
/// time. Nothing is allocated per sample: the fixed part of a tag's lines is formed once per tag table.
/// </summary>
internal sealed class LineBuffer(string measurement, TimestampPrecision precision, int bytesMax, int rowsMax)
{
    private readonly byte[] _bytes = new byte[bytesMax];
    private TagTable _tags = TagTable.Empty;
    private byte[]?[] _series = [];

    /// <summary>Whole lines, each with its LF.</summary>
    public ReadOnlyMemory<byte> Lines => _bytes.AsMemory(0, Length);

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>Lines in use.</summary>
    public int Rows { get; private set; }

    /// <summary>
    /// Samples since the start that no line can hold: a time outside 1677 to 2262, or a text longer than the whole
    /// buffer.
    /// </summary>
    public long Unwritable { get; private set; }

    public void Clear() => (Length, Rows) = (0, 0);

    /// <summary>
    /// Adds rows of a batch from <paramref name="firstRow"/> on, until the batch ends or the buffer is full.
    /// </summary>
    /// <returns>The first row that was not added; the batch's count when all were.</returns>
    public int Add(SampleBatch batch, int firstRow)
    {
        if (!ReferenceEquals(batch.Tags, _tags))
        {
            (_tags, _series) = (batch.Tags, new byte[batch.Tags.Count][]);
        }

        var row = firstRow;
        for (; row < batch.Count && Rows < rowsMax; row++)
        {
            var sample = batch[row];
            var tag = _tags[sample.TagIndex];
            if (!LineProtocol.TryGetTimestamp(sample.EventTime, precision, out var timestamp)
                && !LineProtocol.TryGetTimestamp(sample.GatewayTime, precision, out timestamp))
            {
                Unwritable++;
                continue;
            }

            var series = _series[sample.TagIndex] ??= LineProtocol.FormSeries(measurement, tag);
            var text = tag.Kind == ValueKind.Text ? batch.TextAt(row) : null;
            if (LineProtocol.TryWriteLine(
                _bytes.AsSpan(Length), series, tag.Kind, sample, text, timestamp, out var count))
            {
                Length += count;
                Rows++;
            }
            else if (Length > 0)
            {
                break;
            }
            else
            {
                Unwritable++;
            }
        }

        return row;
    }
}

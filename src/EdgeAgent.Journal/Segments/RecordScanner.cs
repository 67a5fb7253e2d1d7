using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Walks through the records of a segment: says where they are and where bytes are that are none. Framing only; what a
/// body says is the decoder's matter.
/// </summary>
internal sealed class RecordScanner(SegmentWindow window, SegmentHeader header, long limit)
{
    private readonly uint _seed = RecordHead.Seed(header.Epoch, header.Number);

    /// <summary>Where the next step starts.</summary>
    public long Offset { get; private set; } = header.RecordsOffset;

    /// <summary>The end of what is durable.</summary>
    public long Limit { get; private set; } = limit;

    /// <summary>More has become durable.</summary>
    public void ExtendTo(long longer)
    {
        if (longer > Limit)
        {
            Limit = longer;
            window.Forget();
        }
    }

    /// <summary>Goes on at a place where a record is known to start.</summary>
    public void GoTo(long offset) => Offset = offset;

    /// <summary>The next record, or the next stretch of bytes that are none; false at the end.</summary>
    public bool TryNext(out ScanStep step)
    {
        var start = Offset;
        if (start >= Limit)
        {
            step = default;
            return false;
        }

        if (!TryReadAt(start, out step))
        {
            var next = start + 1;
            while (next < Limit && !TryReadAt(next, out step))
            {
                next++;
            }

            step = new(0, 0, start, (int)Math.Min(next - start, int.MaxValue));
        }

        Offset = step.Offset + step.Bytes;
        return true;
    }

    /// <summary>The body of a record that was found. Valid until the next call of the scanner.</summary>
    public ReadOnlySpan<byte> Body(in ScanStep record) =>
        window.Peek(record.Offset + JournalFormat.RecordHeadBytes, record.Bytes - JournalFormat.RecordHeadBytes);

    private bool TryReadAt(long offset, out ScanStep record)
    {
        record = default;
        if (Limit - offset < JournalFormat.RecordHeadBytes
            || !RecordHead.TryRead(window.Peek(offset, JournalFormat.RecordHeadBytes), _seed, offset, out var head)
            || head.Length > Limit - offset - JournalFormat.RecordHeadBytes
            || Crc32C.Compute(window.Peek(offset + JournalFormat.RecordHeadBytes, head.Length)) != head.BodyCrc)
        {
            return false;
        }

        record = new(
            head.Kind, header.FirstSequence + head.FirstSequence, offset, JournalFormat.RecordHeadBytes + head.Length);
        return true;
    }
}

/// <summary>What lies at one place of a segment.</summary>
/// <param name="Kind">The kind of the record, or 0 for bytes that are no record.</param>
/// <param name="Sequence">Sequence number of its first entry.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Bytes">Its length, head included.</param>
internal readonly record struct ScanStep(RecordKind Kind, long Sequence, long Offset, int Bytes)
{
    public bool IsRecord => Kind != 0;
}

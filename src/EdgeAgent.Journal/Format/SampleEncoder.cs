using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

// varint rows   origin   columns   tags   source times   server times   gateway times   statuses   changed   values

/// <summary>Writes bodies of sample records; part 3 of the format. One for each segment being written.</summary>
internal sealed class SampleEncoder(TagTable tags)
{
    private const int FixedBytes = 16;
    private const int MaxTagBytes = 6;
    private const int MaxValueBytes = 2 + ByteWriter.MaxVarintBytes + 1;
    private const int MaxRowBytes = MaxTagBytes + (4 * ColumnCodec.MaxBytesPerRow) + MaxValueBytes + 1;

    // A tag that was raw may be so no more: a PLC that started with a NaN. Looking again costs, so not at every value.
    private const byte RawValuesBetweenSearches = 16;

    private readonly TagStates _states = new(tags);
    private readonly byte[] _rawValues = new byte[tags.Count];
    private readonly long[] _statuses = new long[JournalFormat.MaxRows];

    /// <summary>Starts a run.</summary>
    public void Reset()
    {
        _states.Reset();
        Array.Clear(_rawValues);
    }

    /// <summary>Says what keeps a batch from being stored, or null. Must be asked before <see cref="Write"/>.</summary>
    public string? Problem(SampleBatch batch)
    {
        var bits = batch.Bits;
        var tagIndexes = batch.TagIndexes;
        for (var row = 0; row < tagIndexes.Length; row++)
        {
            if ((uint)tagIndexes[row] >= (uint)_states.Kinds.Length)
            {
                return $"Row {row} names tag {tagIndexes[row]} of {_states.Kinds.Length}.";
            }

            if (_states.HasTexts && _states.Kinds[tagIndexes[row]] == ValueKind.Text)
            {
                if (bits[row] < -1 || bits[row] >= batch.Texts.Count)
                {
                    return $"Row {row} names text {bits[row]} of {batch.Texts.Count}.";
                }

                if (batch.TextAt(row) is { } text && !TextCodec.Fits(text))
                {
                    return $"The text of row {row} has {text.Length} characters, more than can be stored.";
                }
            }
        }

        return null;
    }

    /// <summary>
    /// How many rows from <paramref name="firstRow"/> on go into one record, and the most bytes they can take.
    /// </summary>
    public int CountRows(SampleBatch batch, int firstRow, out int maxBytes)
    {
        var count = Math.Min(batch.Count - firstRow, JournalFormat.MaxRows);
        var textBytes = 0;
        for (var i = 0; _states.HasTexts && i < count; i++)
        {
            var row = firstRow + i;
            if (_states.Kinds[batch.TagIndexes[row]] == ValueKind.Text)
            {
                var bytes = TextCodec.MaxBytes(batch.TextAt(row));
                if (i > 0 && textBytes + bytes > JournalFormat.SplitTextBytes)
                {
                    count = i;
                    break;
                }

                textBytes += bytes;
            }
        }

        maxBytes = FixedBytes + (count * MaxRowBytes) + textBytes;
        return count;
    }

    /// <summary>Writes the body of one record and returns its length.</summary>
    public int Write(SampleBatch batch, int firstRow, int count, Span<byte> destination)
    {
        Debug.Assert(count is > 0 and <= JournalFormat.MaxRows, "CountRows says how many.");
        var writer = new ByteWriter(destination);
        writer.WriteVarint((ulong)count);
        writer.WriteByte((byte)batch.Origin);
        var columns = writer.Take(1);
        WriteTags(ref writer, batch.TagIndexes.Slice(firstRow, count));
        columns[0] = (byte)WriteTimesAndStatuses(ref writer, batch, firstRow, count);
        WriteValues(ref writer, batch, firstRow, count);
        return writer.Position;
    }

    private void WriteTags(ref ByteWriter writer, ReadOnlySpan<int> tagIndexes)
    {
        var followers = _states.Followers;
        var last = _states.LastTag;
        var hits = 0;
        foreach (var tag in tagIndexes)
        {
            ref var follower = ref followers[last + 1];
            if (follower == tag)
            {
                hits++;
            }
            else
            {
                writer.WriteVarint((ulong)hits);
                writer.WriteVarint((ulong)tag);
                follower = tag;
                hits = 0;
            }

            last = tag;
        }

        if (hits > 0)
        {
            writer.WriteVarint((ulong)hits);
        }

        _states.LastTag = last;
    }

    private int WriteTimesAndStatuses(ref ByteWriter writer, SampleBatch batch, int firstRow, int count)
    {
        var (source, server, gateway) = (_states.SourceTicks, _states.ServerTicks, _states.GatewayTicks);
        var none = UtcTime.None.Ticks;
        var modes = ColumnCodec.Write(ref writer, Ticks(batch.SourceTimes.Slice(firstRow, count)), none, ref source);
        modes |= ColumnCodec.Write(ref writer, Ticks(batch.ServerTimes.Slice(firstRow, count)), none, ref server) << 2;
        modes |=
            ColumnCodec.Write(ref writer, Ticks(batch.GatewayTimes.Slice(firstRow, count)), none, ref gateway) << 4;
        (_states.SourceTicks, _states.ServerTicks, _states.GatewayTicks) = (source, server, gateway);

        var codes = MemoryMarshal.Cast<StatusCode, uint>(batch.Statuses.Slice(firstRow, count));
        if (codes.IndexOfAnyExcept(StatusCode.Good.Value) < 0)
        {
            return modes;
        }

        var statuses = _statuses.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            statuses[i] = codes[i];
        }

        var before = (long)StatusCode.Good.Value;
        return modes | (ColumnCodec.Write(ref writer, statuses, StatusCode.Good.Value, ref before) << 6);
    }

    private static ReadOnlySpan<long> Ticks(ReadOnlySpan<UtcTime> times) => MemoryMarshal.Cast<UtcTime, long>(times);

    private void WriteValues(ref ByteWriter writer, SampleBatch batch, int firstRow, int count)
    {
        var changed = writer.Take((count + 7) / 8);
        changed.Clear();
        var tagIndexes = batch.TagIndexes.Slice(firstRow, count);
        var values = batch.Bits.Slice(firstRow, count);
        for (var i = 0; i < tagIndexes.Length; i++)
        {
            var tag = tagIndexes[i];
            var bits = values[i];
            ref var last = ref _states.Bits[tag];
            switch (_states.Kinds[tag])
            {
                case ValueKind.Float64:
                    if (bits == last)
                    {
                        continue;
                    }

                    WriteFloat(ref writer, tag, bits, last);
                    break;
                case ValueKind.Int64:
                    ref var step = ref _states.Steps[tag];
                    var expected = last + step;
                    if (bits == expected)
                    {
                        last = bits;
                        continue;
                    }

                    writer.WriteZigZag(bits - expected);
                    step = bits - last;
                    break;
                case ValueKind.Boolean:
                    if (bits == last)
                    {
                        continue;
                    }

                    writer.WriteZigZag(bits - last);
                    break;
                case ValueKind.Text:
                    var text = batch.TextAt(firstRow + i);
                    if (text == _states.Texts[tag])
                    {
                        continue;
                    }

                    TextCodec.Write(ref writer, text);
                    _states.Texts[tag] = text;
                    break;
                default:
                    throw new UnreachableException();
            }

            last = bits;
            changed[i >> 3] |= (byte)(1 << (i & 7));
        }
    }

    private void WriteFloat(ref ByteWriter writer, int tag, long bits, long last)
    {
        ref var form = ref _states.Forms[tag];
        ref var step = ref _states.Steps[tag];
        long units = 0;
        var offset = 0;
        var fits = form == FloatForm.Raw
            ? _rawValues[tag]++ % RawValuesBetweenSearches != 0
            : form.TryMeasure(bits, out units, out offset);
        if (!fits)
        {
            var found = FloatForm.For(bits);
            if (found != form)
            {
                writer.WriteByte(0);
                writer.WriteByte(found.Code);
                form = found;
                step = 0;
                _rawValues[tag] = 1;
            }

            form.TryMeasure(bits, out units, out offset);
        }

        if (form == FloatForm.Raw)
        {
            WriteRaw(ref writer, (ulong)(bits ^ last));
            return;
        }

        var difference = ByteWriter.ZigZag(units - step);
        if (form.IsNear)
        {
            difference = (difference << 3) | (uint)(offset + FloatForm.OffsetMax + 1);
        }

        writer.WriteVarint(difference);
        step = units;
    }

    // One byte trailing << 4 | significant, then the significant bytes from the lowest.
    private static void WriteRaw(ref ByteWriter writer, ulong difference)
    {
        var trailing = BitOperations.TrailingZeroCount(difference) / 8;
        var significant = sizeof(ulong) - trailing - (BitOperations.LeadingZeroCount(difference) / 8);
        writer.WriteByte((byte)((trailing << 4) | significant));
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, difference);
        bytes.Slice(trailing, significant).CopyTo(writer.Take(significant));
    }
}

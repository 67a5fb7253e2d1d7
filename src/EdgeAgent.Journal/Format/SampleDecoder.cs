using System.Buffers.Binary;
using System.Diagnostics;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

/// <summary>Reads bodies of sample records; part 3 of the format. One for each segment being read.</summary>
internal sealed class SampleDecoder(TagTable tags)
{
    private readonly TagStates _states = new(tags);
    private readonly int[] _tagIndexes = new int[JournalFormat.MaxRows];
    private readonly long[] _columns = new long[4 * JournalFormat.MaxRows];

    /// <summary>Starts a run.</summary>
    public void Reset() => _states.Reset();

    /// <summary>Adds the rows of one record to an empty batch of <see cref="JournalFormat.MaxRows"/>.</summary>
    /// <exception cref="JournalFormatException">The body is not what a writer writes. The run is lost.</exception>
    public void Read(ReadOnlySpan<byte> body, SampleBatch batch)
    {
        var reader = new ByteReader(body);
        var count = reader.ReadCount(JournalFormat.MaxRows);
        if (count == 0)
        {
            throw new JournalFormatException("A record of no rows.");
        }

        batch.Origin = (BatchOrigin)reader.ReadByte();
        var modes = reader.ReadByte();
        var tagIndexes = _tagIndexes.AsSpan(0, count);
        ReadTags(ref reader, tagIndexes);

        var (source, server, gateway) = (_states.SourceTicks, _states.ServerTicks, _states.GatewayTicks);
        var status = (long)StatusCode.Good.Value;
        var none = UtcTime.None.Ticks;
        ColumnCodec.Read(ref reader, modes & 3, Column(0, count), none, ref source);
        ColumnCodec.Read(ref reader, (modes >> 2) & 3, Column(1, count), none, ref server);
        ColumnCodec.Read(ref reader, (modes >> 4) & 3, Column(2, count), none, ref gateway);
        ColumnCodec.Read(ref reader, modes >> 6, Column(3, count), StatusCode.Good.Value, ref status);
        (_states.SourceTicks, _states.ServerTicks, _states.GatewayTicks) = (source, server, gateway);

        ReadValues(ref reader, tagIndexes, batch);
        if (!reader.IsAtEnd)
        {
            throw new JournalFormatException("Bytes are left after the last value.");
        }
    }

    private Span<long> Column(int column, int count) => _columns.AsSpan(column * JournalFormat.MaxRows, count);

    private void ReadTags(ref ByteReader reader, Span<int> tagIndexes)
    {
        var followers = _states.Followers;
        var last = _states.LastTag;
        for (var row = 0; row < tagIndexes.Length;)
        {
            for (var end = row + reader.ReadCount(tagIndexes.Length - row); row < end; row++)
            {
                last = followers[last + 1];
                tagIndexes[row] = last < _states.Kinds.Length ? last : throw new JournalFormatException("No such tag.");
            }

            if (row < tagIndexes.Length)
            {
                if (_states.Kinds.Length == 0)
                {
                    throw new JournalFormatException("A sample, and no tags.");
                }

                var tag = reader.ReadCount(_states.Kinds.Length - 1);
                followers[last + 1] = tag;
                tagIndexes[row++] = tag;
                last = tag;
            }
        }

        _states.LastTag = last;
    }

    private void ReadValues(ref ByteReader reader, ReadOnlySpan<int> tagIndexes, SampleBatch batch)
    {
        var count = tagIndexes.Length;
        var changed = reader.Take((count + 7) / 8);
        var sources = Column(0, count);
        var servers = Column(1, count);
        var gateways = Column(2, count);
        var statuses = Column(3, count);
        for (var i = 0; i < count; i++)
        {
            var tag = tagIndexes[i];
            var isChanged = (changed[i >> 3] & (1 << (i & 7))) != 0;
            if (_states.Kinds[tag] == ValueKind.Text)
            {
                ref var text = ref _states.Texts[tag];
                text = isChanged ? TextCodec.Read(ref reader) : text;
                batch.AddText(
                    tag, new(sources[i]), new(servers[i]), new(gateways[i]), new((uint)statuses[i]), text);
            }
            else
            {
                var bits = NextBits(ref reader, tag, isChanged);
                _states.Bits[tag] = bits;
                batch.Add(tag, new(sources[i]), new(servers[i]), new(gateways[i]), new((uint)statuses[i]), bits);
            }
        }
    }

    private long NextBits(ref ByteReader reader, int tag, bool isChanged)
    {
        var last = _states.Bits[tag];
        switch (_states.Kinds[tag])
        {
            case ValueKind.Float64:
                return isChanged ? ReadFloat(ref reader, tag, last) : last;
            case ValueKind.Int64:
                ref var step = ref _states.Steps[tag];
                step += isChanged ? reader.ReadZigZag() : 0;
                return last + step;
            case ValueKind.Boolean:
                return isChanged ? last + reader.ReadZigZag() : last;
            default:
                throw new UnreachableException();
        }
    }

    private long ReadFloat(ref ByteReader reader, int tag, long last)
    {
        ref var form = ref _states.Forms[tag];
        ref var step = ref _states.Steps[tag];
        if (form == FloatForm.Raw && reader.ReadByte() is var lengths and not 0)
        {
            return last ^ ReadRaw(ref reader, lengths);
        }

        // A difference of 0 would be no change: it says that the form changes, as the byte 0 does in a raw value.
        var difference = form == FloatForm.Raw ? 0 : reader.ReadVarint();
        if (difference == 0)
        {
            ReadForm(ref reader, ref form, ref step);
            if (form == FloatForm.Raw)
            {
                return last ^ ReadRaw(ref reader, reader.ReadByte());
            }

            difference = reader.ReadVarint();
        }

        var offset = 0;
        if (form.IsNear)
        {
            offset = (int)(difference & 7) - FloatForm.OffsetMax - 1;
            difference >>= 3;
        }

        step += ByteReader.UnZigZag(difference);
        return form.Bits(step, offset);
    }

    private static void ReadForm(ref ByteReader reader, ref FloatForm form, ref long step)
    {
        form = new(reader.ReadByte());
        step = 0;
        if (!form.IsKnown)
        {
            throw new JournalFormatException($"{form.Code} is no form of a number.");
        }
    }

    private static long ReadRaw(ref ByteReader reader, byte lengths)
    {
        var (trailing, significant) = (lengths >> 4, lengths & 0xF);
        if (significant == 0 || trailing + significant > sizeof(ulong))
        {
            throw new JournalFormatException("A raw number does not have 1 to 8 bytes.");
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        reader.Take(significant).CopyTo(bytes[trailing..]);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}

using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Journal.Format;

// varint count   count * { kind (1 byte)   varint length   identifier (UTF-8) }   crc-32c u32

/// <summary>The tag table of a segment, as bytes. Of a tag only what its samples need: identifier and kind.</summary>
internal static class TagSection
{
    /// <exception cref="ArgumentException">The table is longer than a segment can hold.</exception>
    public static byte[] Write(TagTable tags)
    {
        var length = (long)ByteWriter.MaxVarintBytes + sizeof(uint);
        foreach (var tag in tags.Tags)
        {
            length += 1 + ByteWriter.MaxVarintBytes + Encoding.UTF8.GetByteCount(tag.Id);
        }

        if (length > JournalFormat.MaxTagBytes)
        {
            throw new ArgumentException(
                $"The identifiers of {tags.Count} tags need {length} bytes, at most {JournalFormat.MaxTagBytes}.");
        }

        var buffer = new byte[length];
        var writer = new ByteWriter(buffer);
        writer.WriteVarint((ulong)tags.Count);
        foreach (var tag in tags.Tags)
        {
            writer.WriteByte((byte)tag.Kind);
            var idBytes = Encoding.UTF8.GetByteCount(tag.Id);
            writer.WriteVarint((ulong)idBytes);
            Encoding.UTF8.GetBytes(tag.Id, writer.Take(idBytes));
        }

        writer.WriteUInt32(Crc32C.Compute(buffer.AsSpan(0, writer.Position)));
        return buffer[..writer.Position];
    }

    /// <summary>A table that knows identifiers and kinds, and nothing else of its tags.</summary>
    /// <exception cref="JournalFormatException"/>
    public static TagTable Read(ReadOnlySpan<byte> bytes)
    {
        var body = bytes.Length > sizeof(uint) ? bytes[..^sizeof(uint)] : throw new JournalFormatException("No tags.");
        if (new ByteReader(bytes[^sizeof(uint)..]).ReadUInt32() != Crc32C.Compute(body))
        {
            throw new JournalFormatException("The tag section has a wrong checksum.");
        }

        var reader = new ByteReader(body);
        var tags = new Tag[reader.ReadCount(Math.Min(TagTable.MaxCount, body.Length))];
        for (var i = 0; i < tags.Length; i++)
        {
            var kind = (ValueKind)reader.ReadByte();
            var id = Encoding.UTF8.GetString(reader.Take(reader.ReadCount(body.Length)));
            tags[i] = kind is >= ValueKind.Float64 and <= ValueKind.Text
                ? new Tag { Id = id, DeviceId = "", Kind = kind }
                : throw new JournalFormatException($"Tag '{id}' has the unknown kind {kind}.");
        }

        try
        {
            return new TagTable(tags);
        }
        catch (ArgumentException twice)
        {
            throw new JournalFormatException(twice.Message);
        }
    }

    /// <summary>
    /// Whether samples mean the same under both tables: same identifiers and kinds in the same order.
    /// </summary>
    public static bool AreEqual(TagTable left, TagTable right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Kind != right[i].Kind || left[i].Id != right[i].Id)
            {
                return false;
            }
        }

        return true;
    }
}

using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Journal.Segments;

/// <summary>
/// Writes groups to segment files so that they are durable when <see cref="Write"/> returns. After it threw, the file
/// it was writing is never touched again: the next group must start a new segment.
/// </summary>
internal sealed class SegmentWriter(IFileSystem files, string folder, ulong epoch, SegmentLink last) : IDisposable
{
    private IStoredFile? _file;
    private StoredSegment? _segment;
    private SegmentLink _last = last;

    /// <summary>Makes a group durable.</summary>
    /// <returns>The segment as it is now.</returns>
    /// <exception cref="IOException">
    /// Nothing is known of the group, and nothing lost of what was durable before.
    /// </exception>
    public StoredSegment Write(CommitGroup group)
    {
        try
        {
            _segment = group.Start is { } start ? Create(start, group.Bytes) : Append(group.Bytes);
            return _segment;
        }
        catch
        {
            // A file whose write or fsync failed lies about its content from then on; only its durable part counts, and
            // that is what the next segment's header says.
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        _segment = null;
    }

    // write, fsync
    private StoredSegment Append(ReadOnlySpan<byte> records)
    {
        if (_file is null || _segment is null)
        {
            throw new InvalidOperationException("The group needs a segment.");
        }

        _file.Write(_segment.Length, records);
        _file.Flush();
        _last = new(_segment.Number, _segment.Length + records.Length, Crc32C.Append(_last.Crc, records));
        return _segment with { Length = _last.Length };
    }

    // write, fsync, rename, fsync of the folder. Nothing is acknowledged before all four, so that a file under its
    // temporary name never holds anything that was.
    private StoredSegment Create(SegmentStart start, ReadOnlySpan<byte> records)
    {
        Dispose();
        var header = new SegmentHeader
        {
            Epoch = epoch,
            Number = start.Number,
            FirstSequence = start.FirstSequence,
            Created = start.Created,
            Previous = _last,
            TagBytes = start.TagSection.Length,
        };
        var front = new byte[header.RecordsOffset];
        header.Write(front);
        start.TagSection.CopyTo(front, JournalFormat.HeaderBytes);

        var name = JournalFormat.SegmentName(start.Number);
        var path = Path.Combine(folder, name);
        var temporary = path + JournalFormat.TemporarySuffix;
        try
        {
            _file = files.Create(temporary);
            _file.Write(0, front);
            _file.Write(front.Length, records);
            _file.Flush();
            files.Rename(temporary, path);
            files.SyncFolder(folder);
        }
        catch
        {
            DeleteAttempt(temporary);
            DeleteAttempt(path);
            throw;
        }

        var length = front.Length + records.Length;
        _last = new(start.Number, length, Crc32C.Append(Crc32C.Compute(front), records));
        return new(name, header, length);
    }

    // Only to make room sooner: what stays is found and deleted when the journal is opened.
    private void DeleteAttempt(string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception failure) when (DiskError.IsOne(failure))
        {
            // The first failure is on its way to the caller; this one says the same.
        }
    }
}

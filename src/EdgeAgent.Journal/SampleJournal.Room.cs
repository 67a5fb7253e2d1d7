using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Disk;
using EdgeAgent.Journal.Segments;

namespace EdgeAgent.Journal;

// Making room: old segments, and the ballast. On the committer's task only.
public sealed partial class SampleJournal
{
    private void ApplyRetention()
    {
        var segments = _log.Segments;
        var count = Retention.CountDeletable(
            segments, StoredBytes(segments) + GroupBytes(), _cursors.Passed, UtcTime.Now(_clock), _config);
        if (count == 0)
        {
            return;
        }

        // First out of the readers' sight, then from the disk. What cannot be deleted is found again at the next
        // opening.
        _log.RemoveOldest(count);
        var oldest = segments[count].Number;
        var names = segments.Take(count).Select(segment => segment.Name)
            .Concat(_unreadable.Where(file => file.Number < oldest).Select(file => file.Name));
        foreach (var name in names)
        {
            Delete(name);
        }

        _unreadable.RemoveAll(file => file.Number < oldest);
    }

    private void Delete(string name)
    {
        try
        {
            _files.Delete(Path.Combine(_config.Folder, name));
            _files.SyncFolder(_config.Folder);
            Report(JournalEventKind.SegmentDeleted, $"{name} was passed by all readers and is deleted.");
        }
        catch (Exception failure) when (DiskError.IsOne(failure))
        {
            Report(JournalEventKind.DiskFailed, $"{name} could not be deleted: {failure.Message}");
        }
    }

    private void LoadBallast()
    {
        if (_ballast.IsLoaded)
        {
            return;
        }

        try
        {
            _ballast.TryLoad(reserve: 0);
        }
        catch (Exception failure) when (DiskError.IsOne(failure))
        {
            Report(JournalEventKind.DiskFailed, $"The ballast could not be written: {failure.Message}");
        }
    }

    private void ReleaseBallast()
    {
        try
        {
            _ballast.Release();
        }
        catch (Exception failure) when (DiskError.IsOne(failure))
        {
            Report(JournalEventKind.DiskFailed, $"The ballast could not be released: {failure.Message}");
        }
    }
}

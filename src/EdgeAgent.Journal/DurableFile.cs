using EdgeAgent.Journal.Disk;

namespace EdgeAgent.Journal;

/// <summary>
/// A small file that is either its old content or its new one, whatever crashes when: written beside it, fsync, renamed
/// over it, fsync of the folder. For what readers keep besides their position.
/// </summary>
public static class DurableFile
{
    private const string TemporarySuffix = ".tmp";

    /// <exception cref="IOException">The old content is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The old content is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var files = new DiskFileSystem();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        files.CreateFolder(folder);
        using (var file = files.Create(path + TemporarySuffix))
        {
            file.Write(0, content);
            file.Flush();
        }

        files.Rename(path + TemporarySuffix, path);
        files.SyncFolder(folder);
    }
}

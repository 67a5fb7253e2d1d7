namespace EdgeAgent.Commands.Demo;

/// <summary>
/// The folder of a demo. Every demo starts anew, so what a former demo left is removed; a folder with anything else in
/// it is never touched, nor is one in which a demo is running.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    // Says that the folder's content is ours; locked while the demo runs.
    private const string Marker = "edgeagent-demo";

    private readonly bool _isTemporary;
    private readonly FileStream _marker;

    private DemoFolder(string path, bool isTemporary)
    {
        (Path, _isTemporary) = (path, isTemporary);
        Directory.CreateDirectory(path);
        _marker = new(System.IO.Path.Combine(path, Marker), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        _marker.Write("Made by `edgeagent demo`; the next demo in this folder removes what is here.\n"u8);
        _marker.Flush();
    }

    public string Path { get; }

    public string Configuration => System.IO.Path.Combine(Path, "config");

    public string Data => System.IO.Path.Combine(Path, "data");

    public string LogFile => System.IO.Path.Combine(Path, "agent.log");

    /// <exception cref="IOException">The folder cannot be used; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static DemoFolder Prepare(string? path)
    {
        if (path is null)
        {
            return new(Directory.CreateTempSubdirectory("edgeagent-demo-").FullName, isTemporary: true);
        }

        var folder = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            && !File.Exists(System.IO.Path.Combine(folder, Marker)))
        {
            throw new IOException(
                $"文件夹 {folder} 里有别的文件，请另选一个空文件夹。/ The folder {folder} is not empty and not from a demo: "
                + "name another one.");
        }

        var prepared = new DemoFolder(folder, isTemporary: false);
        prepared.Clear();
        return prepared;
    }

    public void Dispose()
    {
        _marker.Dispose();
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    // All but the marker, so that what a crash leaves in the middle of it is still known to be ours.
    private void Clear()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else if (entry.Name != Marker)
            {
                entry.Delete();
            }
        }
    }
}

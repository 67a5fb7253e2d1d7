namespace EdgeAgent.Commands.Demo;

/// <summary>
/// The folder of a demo. Every demo starts anew, so what a former demo left is removed; a folder with anything else in
/// it is never touched.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    // Says that the folder's content is ours.
    private const string Marker = "edgeagent-demo";

    private readonly bool _isTemporary;

    private DemoFolder(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

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
        var marker = System.IO.Path.Combine(folder, Marker);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(marker))
            {
                throw new IOException(
                    $"文件夹 {folder} 里有别的文件，请另选一个空文件夹。/ The folder {folder} is not empty and not from a demo: "
                    + "name another one.");
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(marker, "Made by `edgeagent demo`; removed by the next demo in this folder.\n");
        return new(folder, isTemporary: false);
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}

namespace EdgeAgent.SystemTests.Journal;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edgeagent-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using EdgeAgent.Journal.Disk;

namespace EdgeAgent.Tests.Journal.Disk;

/// <summary>A folder that another process has locked. Nothing else of it may be touched.</summary>
internal sealed class TakenFileSystem : IFileSystem
{
    public void CreateFolder(string folder)
    {
    }

    public IReadOnlyList<string> List(string folder) => throw new InvalidOperationException();

    public IStoredFile Create(string path) => throw new InvalidOperationException();

    public IStoredFile Open(string path, bool forWriting) => throw new InvalidOperationException();

    public void Rename(string from, string to) => throw new InvalidOperationException();

    public void Delete(string path) => throw new InvalidOperationException();

    public void SyncFolder(string folder) => throw new InvalidOperationException();

    public long AvailableBytes(string folder) => throw new InvalidOperationException();

    public IDisposable? TryLock(string path) => null;

    public string ReadLock(string path) => "7";
}

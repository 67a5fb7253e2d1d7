using System.Text;
using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Configuration;

/// <summary>A copy of the small valid configuration, to be spoilt.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder(string? from = null)
    {
        Path = TestFolders.Create();
        TestFolders.Lay(from ?? TestFolders.Base, Path);
    }

    public string Path { get; }

    public ConfigResult Load() => ConfigFolder.Load(Path);

    public string Read(string file) => File.ReadAllText(At(file));

    public void Write(string file, string text) => File.WriteAllText(At(file), text, new UTF8Encoding(false));

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(At(file), bytes);

    public void Replace(string file, string old, string with)
    {
        var text = Read(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(file, text.Replace(old, with, StringComparison.Ordinal));
    }

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

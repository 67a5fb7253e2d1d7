using System.Runtime.CompilerServices;

namespace EdgeAgent.Tests.Configuration;

/// <summary>The repository's configuration folders, and throw-away copies of them.</summary>
internal static class TestFolders
{
    public static readonly string Repository = FindRoot();

    /// <summary>The example that users start from.</summary>
    public static readonly string Example = Path.Combine(Repository, "config");

    /// <summary>One folder a case: files laid over <see cref="Base"/>, and expected.txt.</summary>
    public static readonly string Cases = Path.Combine(Repository, "tests", "testdata", "configuration");

    /// <summary>A small valid configuration.</summary>
    public static readonly string Base = Path.Combine(Cases, "base");

    /// <summary>A new folder of our own.</summary>
    public static string Create() => Directory.CreateTempSubdirectory("edgeagent-config-").FullName;

    /// <summary>Copies files, replacing those that are there. "x.csv.absent" removes x.csv.</summary>
    public static void Lay(string from, string over)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(over, Path.GetRelativePath(from, path));
            if (Path.GetExtension(path) == ".absent")
            {
                File.Delete(target[..^".absent".Length]);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new FileInfo(here).Directory;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "EdgeAgent.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"No EdgeAgent.sln above {here}.");
    }
}

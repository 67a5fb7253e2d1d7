using System.Runtime.CompilerServices;

namespace EdgeAgent.Tests;

/// <summary>Where the repository and the reference data beside it are.</summary>
internal static class TestPaths
{
    public static string Root { get; } = FindRoot();

    /// <summary>A path under the reference data; where it is absent the test is skipped with the reason.</summary>
    public static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        Assert.SkipUnless(Path.Exists(path), $"Reference data {path} is absent.");
        return path;
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

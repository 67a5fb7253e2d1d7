using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The native program that is shipped, made by the command in README.md.</summary>
[Collection(nameof(Alone))]
public sealed class PublishTests
{
    // The compiler needs a minute of two cores; a machine that does other things gets ten.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly string[] Plumbing =
        ["global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig"];

    [Fact]
    public async Task The_published_native_program_works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The command publishes for Linux.");
        Assert.SkipUnless(HasLinker(), "Neither gcc nor clang is installed.");

        // In a copy, because publishing restores for one runtime and the tests around this one use what is built here.
        using var folder = new TempFolder();
        CopySources(folder.File("source"));
        await using (var publish = ChildProcess.Start(
            "dotnet",
            ["publish", "src/EdgeAgent", "-c", "Release", "-r", "linux-x64", "-o", folder.File("edgeagent")],
            folder.File("source")))
        {
            Assert.True(await publish.WaitForExitAsync(Patience) == 0, publish.Output);
        }

        var program = Path.Combine(folder.File("edgeagent"), "edgeagent");
        await using (var check = ChildProcess.Start(program, ["check", "--config", "config"], Repository.Root))
        {
            Assert.True(await check.WaitForExitAsync(Patience) == 0, check.Output);
        }

        await using var demo = ChildProcess.Start(program, ["demo", "--for", "20s", "--speed", "30", "--json"]);
        Assert.True(await demo.WaitForExitAsync(Patience) == 0, demo.Output);
        Assert.StartsWith("{\"ok\":true,", demo.StandardOutput[^1], StringComparison.Ordinal);
    }

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "gcc")) || File.Exists(Path.Combine(folder, "clang")));

    private static void CopySources(string to)
    {
        Directory.CreateDirectory(to);
        foreach (var name in Plumbing)
        {
            File.Copy(Path.Combine(Repository.Root, name), Path.Combine(to, name));
        }

        var source = Path.Combine(Repository.Root, "src");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                var copy = Path.Combine(to, "src", relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}

using System.Text.RegularExpressions;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>
/// Every command in README.md works. A command that is new there fails here until somebody has said which test runs it.
/// </summary>
public sealed partial class ReadmeTests
{
    private const string Program = "dotnet run -c Release --project src/EdgeAgent -- ";
    private const UnixFileMode Execute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // What each command is, and the test that runs it.
    private static readonly Dictionary<string, string> RunBy = new(StringComparer.Ordinal)
    {
        [Program + "demo --for 60s"] = nameof(The_demo_runs_as_written),
        [Program + "check --config config"] = nameof(The_example_configuration_is_valid),
        [Program + "run --config config"] = nameof(The_example_configuration_runs),
        ["tests/run"] = nameof(The_test_command_is_the_one_that_continuous_integration_runs),
        ["dotnet publish src/EdgeAgent -c Release -r linux-x64 -o artifacts/edgeagent"] =
            nameof(PublishTests.The_published_native_program_works),
    };

    [Fact]
    public void Every_command_of_the_README_is_run_by_a_test()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] commands =
        [
            .. from Match block in ShellBlock().Matches(readme)
               from line in block.Groups[1].Value.Split('\n')
               select line.Trim() into command
               where command.Length > 0 && command[0] != '#'
               select command,
        ];

        Assert.Equal(readme.Split('\n').Count(line => line.Trim() == "```sh"), ShellBlock().Count(readme));
        Assert.All(commands, command => Assert.True(
            RunBy.ContainsKey(command), $"README.md says '{command}', and no test runs it."));
        Assert.All(RunBy.Keys, command => Assert.True(
            commands.Contains(command), $"'{command}' is not in README.md any more."));
    }

    [Fact]
    public async Task The_demo_runs_as_written()
    {
        // As in the README but shorter, and for people: DemoTests reads the same as JSON.
        var ended = await AgentProgram.RunAsync("demo", "--for", "20s", "--speed", "30");

        Assert.True(ended.Code == 0, ended.Output);
        Assert.EndsWith(
            "All agrees with the truth; nothing was lost.", ended.StandardOutput[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_configuration_is_valid()
    {
        var ended = await AgentProgram.RunAsync("check", "--config", Path.Combine(Repository.Root, "config"));

        Assert.True(ended.Code == 0, ended.Output);
        Assert.Contains("valid: devices ", ended.StandardOutput[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_configuration_runs()
    {
        // A copy, because the example keeps its data beside the folder config. Its devices are not here; the agent says
        // so and runs.
        using var folder = new TempFolder();
        Copy(Path.Combine(Repository.Root, "config"), folder.File("config"));
        await using var agent = AgentProgram.Start("run", "--config", folder.File("config"));
        await Eventually.TrueAsync(
            () => agent.HasExited || agent.StandardOutput.Any(line => PageLine().IsMatch(line)), () => agent.Output);
        Assert.False(agent.HasExited, agent.Output);

        // The page is where the README says.
        var address = PageLine().Match(agent.StandardOutput.First(line => PageLine().IsMatch(line))).Groups[1].Value;
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        foreach (Match told in PageAddress().Matches(readme))
        {
            Assert.Equal(address, told.Value);
        }

        Assert.Equal(0, await agent.TerminateAsync());
    }

    [Fact]
    public void The_test_command_is_the_one_that_continuous_integration_runs()
    {
        // It runs this test, so it cannot be run from here.
        var ci = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        Assert.Equal("exec tests/run", ci.TrimEnd().Split('\n')[^1]);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(Execute, File.GetUnixFileMode(Path.Combine(Repository.Root, ".ci", "run")) & Execute);
            Assert.Equal(Execute, File.GetUnixFileMode(Path.Combine(Repository.Root, "tests", "run")) & Execute);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex(@"^ *```sh\n(.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^状态页 / status page: (\S+)$")]
    private static partial Regex PageLine();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex PageAddress();
}

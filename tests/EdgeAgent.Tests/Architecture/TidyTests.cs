using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeAgent.Tests.Architecture;

/// <summary>The rules of src/README.md that the compiler does not check.</summary>
public sealed partial class TidyTests
{
    private const int MaxLineLength = 120;
    private const int MaxFileLines = 500;

    private static readonly string Root = TestPaths.Root;

    // Which project may reference which. Hosts may reference every leaf; a leaf that is not named references nothing.
    private static readonly Dictionary<string, string[]> ProjectArrows = new()
    {
        ["EdgeAgent"] =
        [
            "EdgeAgent.Core", "EdgeAgent.Journal", "EdgeAgent.Modbus", "EdgeAgent.OpcUa", "EdgeAgent.Simulator",
        ],
        ["EdgeAgent.Journal"] = ["EdgeAgent.Core"],
        ["EdgeAgent.Simulator"] = ["EdgeAgent.Modbus", "EdgeAgent.OpcUa"],
    };

    // Who may use whom inside EdgeAgent.Core. IDE0130 makes the folder the namespace, so reading usings is enough.
    private static readonly Dictionary<string, string[]> CoreArrows = new()
    {
        ["Model"] = [],
        ["Kpi"] = ["Model"],
        ["Pipeline"] = ["Model"],
    };

    [Fact]
    public void Projects_reference_only_what_the_map_allows()
    {
        var offenders =
            from project in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in XDocument.Load(project).Descendants("ProjectReference")
            let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where !ProjectArrows.GetValueOrDefault(name, []).Contains(target)
            select $"{name} references {target}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void Rooms_of_the_core_use_only_the_rooms_below()
    {
        var core = Path.Combine(Root, "src", "EdgeAgent.Core");
        var offenders =
            from path in SourceFiles()
            where path.StartsWith(core + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            let room = Path.GetRelativePath(core, path).Split(Path.DirectorySeparatorChar)[0]
            from Match match in CoreUsing().Matches(File.ReadAllText(path))
            let used = match.Groups[1].Value
            where used != room && !CoreArrows[room].Contains(used)
            select $"{Path.GetRelativePath(Root, path)} uses {used}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void Every_project_is_on_the_map()
    {
        var map = File.ReadAllText(Path.Combine(Root, "src", "README.md"));
        var missing = Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName)
            .Where(name => !map.Contains($"`{name}`", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Sources_are_tidy()
    {
        var problems = new List<string>();
        foreach (var path in SourceFiles())
        {
            var name = Path.GetRelativePath(Root, path);
            var lines = File.ReadAllLines(path);
            if (lines.Length > MaxFileLines)
            {
                problems.Add($"{name}: {lines.Length} lines, at most {MaxFileLines}");
            }

            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > MaxLineLength)
                {
                    problems.Add($"{name}:{i + 1}: longer than {MaxLineLength} columns");
                }

                if (lines[i].TrimStart().StartsWith("#region", StringComparison.Ordinal))
                {
                    problems.Add($"{name}:{i + 1}: a region; make a smaller type instead");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [GeneratedRegex(@"^using EdgeAgent\.Core\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex CoreUsing();

    private static IEnumerable<string> SourceFiles() =>
        from directory in new[] { "src", "tests", "benchmarks" }
        from path in Directory.EnumerateFiles(Path.Combine(Root, directory), "*.cs", SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select path;
}

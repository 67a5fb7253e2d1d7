using EdgeAgent.Commands;
using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Configuration;

/// <summary>
/// Every mistake has a folder: tests/testdata/configuration/NAME holds the files that differ from base, and what check
/// says. UPDATE_GOLDEN=1 writes expected.txt anew; read what it wrote.
/// </summary>
public sealed class ConfigCasesTests
{
    private const string Expected = "expected.txt";

    public static TheoryData<string> Names() =>
    [
        .. Directory.GetDirectories(TestFolders.Cases)
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_says_what_is_expected(string name)
    {
        var source = Path.Combine(TestFolders.Cases, name);
        using var folder = new TestFolder();
        TestFolders.Lay(source, folder.Path);
        File.Delete(folder.At(Expected));

        var result = folder.Load();
        var output = new StringWriter { NewLine = "\n" };
        CheckCommand.WriteText(result, "config", output);
        var said = output.ToString();

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(source, Expected), said);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(source, Expected)), said);
        Assert.Equal(result.Errors.Count == 0, result.IsValid);
        Assert.Equal(
            result.Errors
                .OrderBy(error => FileOrder(error.File))
                .ThenBy(error => error.Line)
                .ThenBy(error => error.Column),
            result.Errors);
    }

    [Fact]
    public void Every_case_is_about_something()
    {
        var silent =
            from name in Names().Select(row => (string)row.Data)
            where name != "base" && !name.StartsWith("legal-", StringComparison.Ordinal)
            let expected = File.ReadAllText(Path.Combine(TestFolders.Cases, name, Expected))
            where !expected.Contains("error:", StringComparison.Ordinal) &&
                !expected.Contains("warning:", StringComparison.Ordinal)
            select name;

        Assert.Empty(silent);
    }

    private static int FileOrder(string file) => ConfigFile.All.Select(known => known.Name).ToList().IndexOf(file);
}

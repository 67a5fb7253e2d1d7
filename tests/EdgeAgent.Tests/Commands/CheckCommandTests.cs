using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Tests.Configuration;

namespace EdgeAgent.Tests.Commands;

public sealed class CheckCommandTests
{
    [Fact]
    public void A_valid_folder_ends_with_zero()
    {
        var (exitCode, text) = Run(TestFolders.Example);

        Assert.Equal(0, exitCode);
        Assert.Contains("valid: devices 8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_end_with_two_and_name_file_line_and_remedy()
    {
        using var folder = new TestFolder();
        folder.Replace("tags.csv", "cnc1.load,cnc1", "cnc1.load,ccn1");

        var (exitCode, text) = Run(folder.Path + "/");

        Assert.Equal(2, exitCode);
        Assert.Contains($"{folder.Path}/tags.csv:5:11: 错误：", text, StringComparison.Ordinal);
        Assert.Contains("Fix: cnc1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_alone_end_with_zero()
    {
        using var folder = new TestFolder();
        folder.Replace("kpi/meters.csv", "0.1229", "1.229");

        var (exitCode, text) = Run(folder.Path);

        Assert.Equal(0, exitCode);
        Assert.Contains("warning:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named_as_it_was_given()
    {
        var (exitCode, text) = Run("no/such/folder");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("no/such/folder: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_one_json_object()
    {
        using var folder = new TestFolder();
        folder.Replace("tags.csv", "cnc1.load,cnc1", "cnc1.load,ccn1");

        var (exitCode, text) = Run(folder.Path, json: true);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var error = Assert.Single(root.GetProperty("errors").EnumerateArray());

        Assert.Equal(2, exitCode);
        Assert.False(root.GetProperty("valid").GetBoolean());
        Assert.Equal("tags.csv", error.GetProperty("file").GetString());
        Assert.Equal(5, error.GetProperty("line").GetInt32());
        Assert.StartsWith("cnc1", error.GetProperty("remedy").GetProperty("zh").GetString(), StringComparison.Ordinal);
    }

    private static (int ExitCode, string Text) Run(string folder, bool json = false)
    {
        var output = new StringWriter();
        return (CheckCommand.Run(folder, json, output), output.ToString());
    }
}

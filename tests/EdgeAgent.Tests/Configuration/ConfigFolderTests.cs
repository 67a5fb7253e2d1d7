using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Tests.Configuration;

public sealed class ConfigFolderTests
{
    [Fact]
    public void The_example_is_valid_and_raises_no_warning()
    {
        var result = ConfigFolder.Load(TestFolders.Example);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.NotNull(result.Config);
        Assert.Equal(8, result.Config.Devices.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/no/such/folder")]
    [InlineData("a\0b")]
    public void A_folder_that_is_not_there_is_an_error(string path)
    {
        var error = Assert.Single(ConfigFolder.Load(path).Errors);

        Assert.Equal(("", 0), (error.File, error.Line));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error()
    {
        using var folder = new TestFolder();

        var error = Assert.Single(ConfigFolder.Load(folder.At("agent.json")).Errors);

        Assert.Contains("not a folder", error.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_an_error()
    {
        using var folder = new TestFolder();
        File.Delete(folder.At("tags.csv"));
        Directory.CreateDirectory(folder.At("tags.csv"));

        var error = Assert.Single(folder.Load().Errors);

        Assert.Equal("tags.csv", error.File);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs Unix file modes.");
            return;
        }

        Assert.SkipWhen(Environment.UserName == "root", "The superuser may read everything.");
        using var folder = new TestFolder();
        File.SetUnixFileMode(folder.At("tags.csv"), UnixFileMode.None);

        var error = Assert.Single(folder.Load().Errors);

        Assert.Equal("tags.csv", error.File);
    }

    [Theory]
    [InlineData("agent.json", 1 << 20)]
    [InlineData("tags.csv", 8 << 20)]
    public void A_file_above_its_limit_is_not_read(string name, int limit)
    {
        using var folder = new TestFolder();
        using (var file = new FileStream(folder.At(name), FileMode.Create))
        {
            file.SetLength(100L << 20);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Single(folder.Load().Errors);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((name, 0), (error.File, error.Line));
        Assert.InRange(allocated, 0, limit + (4 << 20));
    }

    [Fact]
    public void A_hundred_thousand_mistakes_are_counted_and_a_thousand_kept()
    {
        using var folder = new TestFolder();
        folder.Write("products.csv", "product,name,planned_run_time\npart-a,a,1\n" + string.Concat(
            Enumerable.Range(0, 100_000).Select(i => $"p{i},x,zero\n")));

        var result = folder.Load();

        Assert.Equal(Findings.MaxPerFile, result.Errors.Count);
        Assert.Equal(100_000 - Findings.MaxPerFile, result.OmittedCount);
    }

    [Fact]
    public void A_password_file_that_others_can_read_is_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs Unix file modes.");
            return;
        }

        using var folder = new TestFolder();
        folder.Replace(
            "agent.json",
            "\"data\": \"../data\",",
            """
            "data": "../data",
            "mqtt": { "host": "127.0.0.1", "user": "edge", "passwordFile": "mqtt.password" },
            """);
        folder.Write("mqtt.password", "correct horse");

        File.SetUnixFileMode(folder.At("mqtt.password"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = folder.Load();
        File.SetUnixFileMode(folder.At("mqtt.password"), UnixFileMode.UserRead);
        var closed = folder.Load();

        Assert.Equal("chmod 600 \"mqtt.password\"", Assert.Single(open.Warnings).Remedy.English);
        Assert.True(open.IsValid);
        Assert.Empty(closed.Warnings);
    }

    [Fact]
    public void A_password_to_another_machine_without_tls_is_a_warning()
    {
        using var folder = new TestFolder();
        folder.Replace(
            "agent.json",
            "\"data\": \"../data\",",
            """
            "data": "../data",
            "mqtt": { "host": "10.0.0.1", "user": "edge", "passwordFile": "mqtt.password" },
            """);
        folder.Write("mqtt.password", "correct horse");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.At("mqtt.password"), UnixFileMode.UserRead);
        }

        var warning = Assert.Single(folder.Load().Warnings);

        Assert.Contains("unencrypted", warning.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_repeats_a_secret()
    {
        foreach (var name in (string[])["agent-secrets", "agent-mqtt", "agent-time-series"])
        {
            using var folder = new TestFolder();
            TestFolders.Lay(Path.Combine(TestFolders.Cases, name), folder.Path);
            Assert.Contains("hunter2", folder.Read("agent.json"), StringComparison.Ordinal);

            var result = folder.Load();

            Assert.NotEmpty(result.Errors);
            Assert.DoesNotContain(
                result.Errors.Concat(result.Warnings),
                error => error.ToString().Contains("hunter2", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_hash_is_that_of_the_files_alone()
    {
        using var one = new TestFolder();
        using var other = new TestFolder();
        other.Write("README.md", "not read");

        Assert.Equal(one.Load().Config!.Hash, other.Load().Config!.Hash);
        Assert.Matches("^[0-9a-f]{64}$", one.Load().Config!.Hash);

        other.Write("products.csv", other.Read("products.csv") + "# one byte more counts\n");
        Assert.NotEqual(one.Load().Config!.Hash, other.Load().Config!.Hash);
    }

    [Fact]
    public void The_hash_tells_an_empty_file_from_none_and_cannot_be_shifted_between_files()
    {
        Assert.NotEqual(ConfigHash.Of([("a", default)]), ConfigHash.Of([]));
        Assert.NotEqual(
            ConfigHash.Of([("a", "xy"u8.ToArray()), ("b", "z"u8.ToArray())]),
            ConfigHash.Of([("a", "x"u8.ToArray()), ("b", "yz"u8.ToArray())]));
        Assert.Equal(
            ConfigHash.Of([("a", "x"u8.ToArray()), ("b", default)]),
            ConfigHash.Of([("b", default), ("a", "x"u8.ToArray())]));
    }

    [Fact]
    public void Optional_files_may_be_absent()
    {
        using var folder = new TestFolder();
        foreach (var file in ConfigFile.All.Where(file => !file.IsRequired))
        {
            File.Delete(folder.At(file.Name));
        }

        var result = folder.Load();

        Assert.Empty(result.Errors);
        Assert.Equal(KpiParametersConfig.Default, result.Config!.KpiParameters);
        Assert.Empty(result.Config.WorkUnits);
    }

    [Fact]
    public void The_result_is_complete_or_absent()
    {
        using var folder = new TestFolder();
        folder.Replace("products.csv", "100/3", "100/0");

        var result = folder.Load();

        Assert.False(result.IsValid);
        Assert.Null(result.Config);
    }
}

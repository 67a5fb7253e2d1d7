using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Validation;

namespace EdgeAgent.Configuration;

/// <summary>The configuration folder on disk.</summary>
internal static class ConfigFolder
{
    // What lies beside the files is only looked at to find misspelt names.
    private const int MaxNeighbours = 1000;

    /// <summary>
    /// Reads and checks the whole folder. Whatever is wrong with it is in the result; nothing a user can write or leave
    /// out makes this throw.
    /// </summary>
    public static ConfigResult Load(string path)
    {
        var findings = new Findings();
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || !Directory.Exists(path))
        {
            findings.Error(
                new SourceFile("", default, SourceFileState.Absent).Whole,
                File.Exists(path)
                    ? ("这是文件，不是文件夹", "is a file, not a folder")
                    : (Bilingual)("没有这个文件夹", "no such folder"),
                ("写配置文件夹的路径，里面有 agent.json", "the path of the configuration folder, the one that holds agent.json"));
            return Result(null, findings);
        }

        var folder = Path.GetFullPath(path);
        var neighbours = Neighbours(folder);
        var bytes = new Dictionary<ConfigFile, ReadOnlyMemory<byte>>();
        var files = new Dictionary<ConfigFile, SourceFile>();
        foreach (var file in ConfigFile.All)
        {
            var content = ReadBytes(folder, file, neighbours, findings, out var state);
            if (state == SourceFileState.Present)
            {
                bytes.Add(file, content);
            }

            files.Add(file, state == SourceFileState.Present
                ? TextFile.Decode(file.Name, content, findings)
                : new SourceFile(file.Name, default, state));
        }

        WarnOfUnknown(neighbours, findings);
        var hash = ConfigHash.Of(bytes.Select(file => (file.Key.Name, file.Value)));
        var reader = new PlantReader(file => files[file], findings);
        var config = reader.Read(folder, hash);
        if (reader.AgentJson is { } agent)
        {
            new ReferencedFiles(folder).Check(agent);
        }

        return Result(findings.ErrorCount == 0 ? config : null, findings);
    }

    private static ConfigResult Result(PlantConfig? config, Findings findings)
    {
        string[] order = ["", .. ConfigFile.All.Select(file => file.Name)];
        return new ConfigResult
        {
            Config = config,
            Errors = findings.Errors(order),
            Warnings = findings.Warnings(order),
            OmittedCount = findings.OmittedCount,
        };
    }

    private static ReadOnlyMemory<byte> ReadBytes(
        string folder, ConfigFile file, IReadOnlyList<string> neighbours, Findings findings, out SourceFileState state)
    {
        var whole = new SourceFile(file.Name, default, SourceFileState.Unreadable).Whole;
        state = SourceFileState.Unreadable;
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, file.Name));

            // The length is asked for only to refuse early; what counts is what can be read.
            var buffer = new byte[Math.Min(Math.Max(stream.Length, 0), file.MaxBytes) + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length == buffer.Length)
            {
                findings.Error(
                    whole,
                    ($"超过 {SizeText.Format(file.MaxBytes)}", $"is larger than {SizeText.Format(file.MaxBytes)}"),
                    ("检查是否放错了文件", "check whether this is the right file"));
                return default;
            }

            state = SourceFileState.Present;
            return buffer.AsMemory(0, length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // What a required file would have said is unknown; nobody else is to blame for referring to it.
            state = file.IsRequired ? SourceFileState.Unreadable : SourceFileState.Absent;
            if (file.IsRequired)
            {
                var similar = findings.Suggest(file.Name, neighbours);
                findings.Error(
                    whole,
                    ("文件不存在", "no such file"),
                    similar is null
                        ? ("建立它，可以照着示例 config/ 里的写", "create it; the example in config/ shows how")
                        : (Bilingual)($"把 {similar} 改名为 {file.Name}", $"rename {similar} to {file.Name}"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Error(
                whole,
                ($"读不出来：{exception.Message}", $"cannot be read: {exception.Message}"),
                ("检查它是不是文件、有没有读权限", "check that it is a file and may be read"));
        }

        return default;
    }

    // Names in the folder and in kpi/, with forward slashes.
    private static List<string> Neighbours(string folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        List<string> names = [];
        foreach (var prefix in (string[])["", "kpi/"])
        {
            try
            {
                names.AddRange(new DirectoryInfo(Path.Combine(folder, prefix))
                    .EnumerateFiles("*", options)
                    .Take(MaxNeighbours)
                    .Select(file => prefix + file.Name));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // No kpi/ is legal, and a folder that cannot be listed shows in every file that cannot be read.
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static void WarnOfUnknown(List<string> neighbours, Findings findings)
    {
        foreach (var name in neighbours)
        {
            if (ConfigFile.All.Any(file => file.Name == name) || Path.GetExtension(name) is not (".json" or ".csv"))
            {
                continue;
            }

            var meant = findings.Suggest(name, ConfigFile.All.Select(file => file.Name));
            findings.Warn(
                new SourceFile(name, default, SourceFileState.Absent).Whole,
                ("这个文件不会被读取", "is not a file that is read"),
                meant is null
                    ? ("移到别处", "move it elsewhere")
                    : (Bilingual)($"改名为 {meant}，或移到别处", $"rename it to {meant}, or move it elsewhere"));
        }
    }
}

using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Validation;

/// <summary>The files and folders that agent.json names. Looks at the disk, but opens nothing for good.</summary>
internal sealed class ReferencedFiles(string folder)
{
    // A password is a line, a chain of certificates some tens of kilobytes.
    private const long MaxBytes = 1 * SizeText.MiB;

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public void Check(JsonSection agent)
    {
        if (agent.Section("mqtt") is { } mqtt)
        {
            CheckSecret(mqtt["passwordFile"]);
            if (mqtt.Section("tls") is { } tls)
            {
                CheckFile(tls["ca"], isSecret: false);
                CheckFile(tls["certificate"], isSecret: false);
                CheckSecret(tls["key"]);
            }
        }

        if (agent.Section("timeSeries") is { } timeSeries)
        {
            CheckSecret(timeSeries["tokenFile"]);
        }

        foreach (var endpoint in agent.Sections("endpoints"))
        {
            if (endpoint.Section("identity") is { } identity)
            {
                CheckSecret(identity["passwordFile"]);
                CheckFile(identity["certificate"], isSecret: false);
                CheckSecret(identity["key"]);
            }
        }

        CheckDataFolder(agent["data"]);
    }

    private void CheckSecret(Field field)
    {
        if (CheckFile(field, isSecret: true) is not { } path || OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            if ((File.GetUnixFileMode(path) & Others) != 0)
            {
                field.Warn(
                    ("：这台机器上的任何用户都能读这个文件", "can be read by every user of this machine"),
                    $"chmod 600 {Quoted.Of(field.Text)}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was there a moment ago; if it is gone for good, opening the connection says so.
        }
    }

    // The path if there is a file fit to be read. A secret's path is not repeated: it may be the secret itself.
    private string? CheckFile(Field field, bool isSecret)
    {
        if (field.Kind != FieldKind.JsonText || field.Text.Length == 0)
        {
            return null;
        }

        var shown = isSecret ? "" : $" {Quoted.Of(field.Text)}";
        var shownInChinese = isSecret ? "" : $" {Quoted.Of(field.Text)} ";
        try
        {
            var path = Path.GetFullPath(field.Text, folder);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length is > 0 and <= MaxBytes)
            {
                return path;
            }

            field.Error(
                stream.Length == 0
                    ? ($"：文件{shownInChinese}是空的", $"names an empty file{shown}")
                    : (Bilingual)($"：文件{shownInChinese}超过 {SizeText.Format(MaxBytes)}",
                        $"names a file{shown} above {SizeText.Format(MaxBytes)}"),
                ("检查文件内容", "check what is in it"));
        }
        catch (Exception exception) when (
            exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            field.Error(
                ($"：文件{shownInChinese}不存在", $"names a file{shown} that does not exist"),
                ("文件的路径，从配置文件夹算起", "the path of a file, seen from the configuration folder"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            field.Error(
                ($"：文件{shownInChinese}读不出来", $"names a file{shown} that cannot be read"),
                ("给运行 edgeagent 的用户读权限", "let the user that runs edgeagent read it"));
        }

        return null;
    }

    private void CheckDataFolder(Field field)
    {
        if (field.Kind != FieldKind.JsonText || field.Text.Length == 0 ||
            field.Text.Contains('\0', StringComparison.Ordinal))
        {
            return;
        }

        var path = Path.GetFullPath(field.Text, folder);
        if (File.Exists(path))
        {
            field.Error(("是文件，不是文件夹", "is a file, not a folder"), field.Written("../data"));
        }
        else if (Path.GetRelativePath(folder, path) is var relative && !Path.IsPathRooted(relative) &&
            relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal))
        {
            field.Warn(
                ("在配置文件夹里面", "lies inside the configuration folder"),
                ("放到外面，例如 \"../data\"：配置可以只读，数据不行",
                    "outside, like \"../data\": configuration may be read-only, data may not"));
        }
    }
}

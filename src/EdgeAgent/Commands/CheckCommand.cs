using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeAgent.Configuration;

namespace EdgeAgent.Commands;

/// <summary>
/// edgeagent check: says everything that is wrong with a configuration folder. For people, two lines each, Chinese
/// before English:
/// <code>
///   config/tags.csv:17:3: 错误：device：devices.csv 里没有设备 "kiln9"。改法：kiln1 …
///       error: device names device "kiln9", which is not in devices.csv. Fix: kiln1 …
/// </code>
/// and one line at the end. For programs (--json), one object.
/// </summary>
internal static class CheckCommand
{
    public const int Success = 0;

    /// <summary>The configuration cannot be used.</summary>
    public const int InvalidConfiguration = 2;

    public static Command Create()
    {
        var config = new Option<string>("--config")
        {
            Description = "配置文件夹 / folder with agent.json, devices.csv, tags.csv and so on",
            HelpName = "DIR",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "输出 JSON / print one JSON object" };
        var command = new Command("check", "检查配置，一次列出所有错误 / check a configuration, all errors at once")
        {
            config, json,
        };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(config), arguments.GetValue(json), Console.Out));
        return command;
    }

    public static int Run(string folder, bool json, TextWriter output)
    {
        var result = ConfigFolder.Load(folder);
        if (json)
        {
            WriteJson(result, folder, output);
        }
        else
        {
            WriteText(result, folder, output);
        }

        return result.IsValid ? Success : InvalidConfiguration;
    }

    /// <summary>Errors and warnings for people; also what "run" prints when it refuses to start.</summary>
    public static void WriteText(ConfigResult result, string folder, TextWriter output)
    {
        foreach (var error in result.Errors)
        {
            WriteText(error, ("错误", "error"), folder, output);
        }

        foreach (var warning in result.Warnings)
        {
            WriteText(warning, ("警告", "warning"), folder, output);
        }

        if (result.OmittedCount > 0)
        {
            output.WriteLine($"另有 {result.OmittedCount} 处未列出 / {result.OmittedCount} more are not listed");
        }

        foreach (var endpoint in result.Config?.Agent.Endpoints.OfType<OpcUaEndpointConfig>() ?? [])
        {
            output.WriteLine(Describe(endpoint));
        }

        var (errors, warnings) = (result.Errors.Count, result.Warnings.Count);
        output.WriteLine(result.Config is { } config
            ? $"配置可用：{config.Devices.Count} 台设备，{config.Tags.Count} 个点，{warnings} 处警告 / " +
              $"valid: devices {config.Devices.Count}, tags {config.Tags.Count}, warnings {warnings}, " +
              $"SHA-256 {config.Hash}"
            : $"配置不可用：{errors} 处错误，{warnings} 处警告 / not valid: errors {errors}, warnings {warnings}");
    }

    // What a person should look at twice: whom the agent will believe, and what can be read on the way.
    private static string Describe(OpcUaEndpointConfig endpoint)
    {
        var policy = OpcUaPolicies.Words.WordOf(endpoint.Policy);
        var security = endpoint.Mode == OpcUaMode.None ? "None" : $"{OpcUaModes.Words.WordOf(endpoint.Mode)} {policy}";
        var (who, whoInEnglish) = endpoint.Identity switch
        {
            { User: { } user } => ($"用户 {user}", $"user {user}"),
            { Certificate: { } file } => ($"证书 {file}", $"certificate {file}"),
            _ => ("匿名", "anonymous"),
        };
        return $"OPC UA {endpoint.Name}：{endpoint.Url.OriginalString}，{security}，{who} / {security}, {whoInEnglish}";
    }

    private static void WriteText(ConfigError error, Bilingual severity, string folder, TextWriter output)
    {
        output.WriteLine(
            $"{Where(error, folder)}: {severity.Chinese}：{error.Message.Chinese}。改法：{error.Remedy.Chinese}");
        output.WriteLine($"    {severity.English}: {error.Message.English}. Fix: {error.Remedy.English}");
    }

    private static string Where(ConfigError error, string folder)
    {
        var path = error.File.Length == 0 ? folder : $"{folder.TrimEnd('/', '\\')}/{error.File}";
        return error.Line == 0
            ? path
            : string.Create(CultureInfo.InvariantCulture, $"{path}:{error.Line}:{error.Column}");
    }

    private static void WriteJson(ConfigResult result, string folder, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartObject();
            writer.WriteString("folder", folder);
            writer.WriteBoolean("valid", result.IsValid);
            if (result.Config is { } config)
            {
                writer.WriteString("hash", config.Hash);
                writer.WriteNumber("devices", config.Devices.Count);
                writer.WriteNumber("tags", config.Tags.Count);
            }

            WriteJson("errors", result.Errors, writer);
            WriteJson("warnings", result.Warnings, writer);
            writer.WriteNumber("omitted", result.OmittedCount);
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteJson(string name, IReadOnlyList<ConfigError> errors, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(name);
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("file", error.File);
            writer.WriteNumber("line", error.Line);
            if (error.Column is { } column)
            {
                writer.WriteNumber("column", column);
            }

            WriteJson("message", error.Message, writer);
            WriteJson("remedy", error.Remedy, writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(string name, Bilingual text, Utf8JsonWriter writer)
    {
        writer.WriteStartObject(name);
        writer.WriteString("zh", text.Chinese);
        writer.WriteString("en", text.English);
        writer.WriteEndObject();
    }
}

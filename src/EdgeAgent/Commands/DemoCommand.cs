using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeAgent.Commands.Demo;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Commands;

/// <summary>
/// <c>edgeagent demo</c>: a simulated plant, a broker and the agent in one process, and a comparison with the truth.
/// </summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var duration = new Option<TimeSpan>("--for")
        {
            Description = "运行多久 / how long, for example 60s or 5min",
            HelpName = "60s",
            CustomParser = ParseDuration,
            DefaultValueFactory = _ => DemoSettings.DurationDefault,
        };
        var speed = new Option<int>("--speed")
        {
            Description = "工厂时间比真实时间快几倍 / how many times faster than real time the plant runs",
            HelpName = "N",
            DefaultValueFactory = _ => DemoSettings.SpeedDefault,
        };
        speed.Validators.Add(CheckSpeed);
        var folder = new Option<string?>("--data")
        {
            Description = "数据文件夹，缺省为临时文件夹 / data folder; a temporary one by default",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "最后一行输出 JSON / end with one line of JSON" };
        var command = new Command("demo", "模拟一座工厂并对照真值 / simulate a plant and compare with the truth")
        {
            duration, speed, folder, json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var settings = new DemoSettings(
                arguments.GetValue(duration),
                arguments.GetValue(speed),
                arguments.GetValue(folder),
                arguments.GetValue(json));
            return await RunAsync(settings, Console.Out, Console.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        DemoSettings settings, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(errors, !Console.IsErrorRedirected, TimeProvider.System);
        DemoReport report;
        try
        {
            report = await DemoRun.RunAsync(settings, output, progress, cancellationToken);
        }
        catch (Exception error) when (DataFolder.IsUnusable(error))
        {
            progress.End();
            await errors.WriteLineAsync(DataFolder.Complaint(error));
            return ExitCode.Unusable;
        }

        progress.End();
        await output.WriteLineAsync(
            settings.Json ? DemoJson.Line(report) : DemoText.Of(report));
        return report.Ok ? ExitCode.Ok : ExitCode.Failed;
    }

    private static TimeSpan ParseDuration(ArgumentResult argument)
    {
        var text = argument.Tokens is [var token] ? token.Value : "";
        if (DurationText.TryParse(text, out var duration)
            && duration > TimeSpan.Zero && duration <= DemoSettings.DurationMax)
        {
            return duration;
        }

        argument.AddError(
            $"--for \"{text}\": 写成 60s、5min 或 1h，最长 {DurationText.Format(DemoSettings.DurationMax)} / "
            + $"write 60s, 5min or 1h, at most {DurationText.Format(DemoSettings.DurationMax)}.");
        return default;
    }

    private static void CheckSpeed(OptionResult option)
    {
        if (option.Tokens is [var token]
            && (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var speed)
                || speed is < 1 or > DemoSettings.SpeedMax))
        {
            option.AddError(
                $"--speed {token.Value}: 写 1 到 {DemoSettings.SpeedMax} / write 1 to {DemoSettings.SpeedMax}.");
        }
    }
}

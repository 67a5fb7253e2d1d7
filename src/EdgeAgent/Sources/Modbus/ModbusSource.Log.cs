namespace EdgeAgent.Sources.Modbus;

internal sealed partial class ModbusSource
{
    [LoggerMessage(2001, LogLevel.Information, "{Source}: connected")]
    private static partial void LogConnected(ILogger logger, string source);

    [LoggerMessage(2002, LogLevel.Warning, "{Source}: not connected: {Reason}")]
    private static partial void LogDisconnected(ILogger logger, string source, string reason);

    [LoggerMessage(2003, LogLevel.Information, "{Source}: unit {Unit} answers again")]
    private static partial void LogUnitAnswers(ILogger logger, string source, byte unit);

    [LoggerMessage(2004, LogLevel.Warning, "{Source}: unit {Unit} does not answer ({Outcome}, exception {Refusal})")]
    private static partial void LogUnitSilent(ILogger logger, string source, byte unit, string outcome, byte refusal);

    [LoggerMessage(2005, LogLevel.Warning, "{Source}: unit {Unit} refuses the addresses of tags {Tags}")]
    private static partial void LogHoles(ILogger logger, string source, byte unit, string tags);

    [LoggerMessage(2006, LogLevel.Warning, "{Source}: polls are skipped ({Cause})")]
    private static partial void LogSkipping(ILogger logger, string source, string cause);

    [LoggerMessage(2007, LogLevel.Information, "{Source}: polls are on time again, {Skipped} skipped in all")]
    private static partial void LogOnTime(ILogger logger, string source, long skipped);

    [LoggerMessage(2008, LogLevel.Warning,
        "{Source}: the line repeats frames; requests that look alike are kept apart")]
    private static partial void LogRepeats(ILogger logger, string source);
}

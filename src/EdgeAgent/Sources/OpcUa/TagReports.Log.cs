namespace EdgeAgent.Sources.OpcUa;

internal sealed partial class TagReports
{
    [LoggerMessage(2101, LogLevel.Warning, "{Source}: tag {Tag} ({Address}) is {Status}: {Remedy}")]
    private static partial void LogBad(
        ILogger logger, string source, string tag, string address, string status, string remedy);

    [LoggerMessage(2102, LogLevel.Warning,
        "{Source}: tag {Tag} ({Address}) holds a value of type {Type}, which is not its type: {Remedy}")]
    private static partial void LogMismatch(
        ILogger logger, string source, string tag, string address, string type, string remedy);

    [LoggerMessage(2103, LogLevel.Warning, "{Source}: more tags cannot be read; see their samples")]
    private static partial void LogMore(ILogger logger, string source);
}

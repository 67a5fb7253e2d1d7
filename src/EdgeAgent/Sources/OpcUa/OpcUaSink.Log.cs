namespace EdgeAgent.Sources.OpcUa;

internal sealed partial class OpcUaSink
{
    [LoggerMessage(2101, LogLevel.Warning, "{Source}: tag {Tag} ({Address}) is {Status}: {Remedy}")]
    private static partial void LogTagBad(
        ILogger logger, string source, string tag, string address, string status, string remedy);

    [LoggerMessage(2102, LogLevel.Warning,
        "{Source}: tag {Tag} ({Address}) holds a value of type {Type}, which is not its type: {Remedy}")]
    private static partial void LogTypeMismatch(
        ILogger logger, string source, string tag, string address, string type, string remedy);

    [LoggerMessage(2103, LogLevel.Warning, "{Source}: more tags cannot be read; see their samples")]
    private static partial void LogMoreTags(ILogger logger, string source);

    [LoggerMessage(2104, LogLevel.Error, "{Source}: values are lost because the journal does not take them")]
    private static partial void LogOverflow(ILogger logger, string source);

    [LoggerMessage(2105, LogLevel.Information, "{Source}: values are taken again; the lost ones lie inside a gap")]
    private static partial void LogRoomAgain(ILogger logger, string source);
}

namespace EdgeAgent.Sources.OpcUa;

internal sealed partial class BatchWriter
{
    [LoggerMessage(2104, LogLevel.Error, "{Source}: values are lost because the journal does not take them")]
    private static partial void LogOverflow(ILogger logger, string source);

    [LoggerMessage(2105, LogLevel.Information, "{Source}: values are taken again; the lost ones lie inside a gap")]
    private static partial void LogRoomAgain(ILogger logger, string source);
}

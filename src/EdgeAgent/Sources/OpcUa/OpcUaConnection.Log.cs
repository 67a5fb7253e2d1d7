namespace EdgeAgent.Sources.OpcUa;

internal sealed partial class OpcUaConnection
{
    [LoggerMessage(2106, LogLevel.Warning, "{Source}: the server does not explain its data types: {Reason}")]
    private static partial void LogNoTypes(ILogger logger, string source, string reason);

    [LoggerMessage(2107, LogLevel.Warning,
        "{Source}: {Rule} sets aside {Status} of the server's certificate: {Reason}")]
    private static partial void LogSuppressed(
        ILogger logger, string source, string rule, string status, string reason);
}

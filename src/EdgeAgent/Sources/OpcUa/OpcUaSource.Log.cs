namespace EdgeAgent.Sources.OpcUa;

internal sealed partial class OpcUaSource
{
    [LoggerMessage(2111, LogLevel.Information, "{Source}: {State}")]
    private static partial void LogState(ILogger logger, string source, string state);

    [LoggerMessage(2112, LogLevel.Warning, "{Source}: the connection is lost: {Reason}")]
    private static partial void LogLost(ILogger logger, string source, string reason);

    [LoggerMessage(2113, LogLevel.Warning, "{Source}: not connected: {Reason}")]
    private static partial void LogNotConnected(ILogger logger, string source, string reason);

    [LoggerMessage(2114, LogLevel.Information,
        "{Source}: server {Product} of {Manufacturer}, version {Version}; limits of profile {Profile}")]
    private static partial void LogServer(
        ILogger logger, string source, string? product, string? manufacturer, string? version, string profile);

    [LoggerMessage(2115, LogLevel.Warning, "{Source}: the server says {State}")]
    private static partial void LogServerState(ILogger logger, string source, string state);

    [LoggerMessage(2116, LogLevel.Warning,
        "{Source}: the server takes no deadband for tag {Tag} ({Status}); every change is reported")]
    private static partial void LogFilterRefused(ILogger logger, string source, string tag, string status);

    [LoggerMessage(2117, LogLevel.Information,
        "{Source}: the server samples {Count} tags every {Milliseconds} ms and queues {Queue} values of each: {Tags}")]
    private static partial void LogRevised(
        ILogger logger, string source, int count, double milliseconds, uint queue, string tags);

    [LoggerMessage(2118, LogLevel.Warning, "{Source}: connected, but {Count} tags say nothing: {Tags}")]
    private static partial void LogSilent(ILogger logger, string source, int count, string tags);

    [LoggerMessage(2119, LogLevel.Information, "{Source}: {Count} tags speak again: {Tags}")]
    private static partial void LogSpeak(ILogger logger, string source, int count, string tags);
}

namespace EdgeAgent.Sinks.TimeSeries;

internal sealed partial class TimeSeriesWriter
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Time series {Url}: {State}. {Reason} {Remedy}")]
        public static partial void State(ILogger log, Uri url, WriterState state, string reason, string remedy);

        [LoggerMessage(2, LogLevel.Error, "The time-series writer cannot go on for now.")]
        public static partial void Failed(ILogger log, Exception error);

        [LoggerMessage(3, LogLevel.Warning, "{Count} samples have a time or text that line protocol cannot hold.")]
        public static partial void Unwritable(ILogger log, long count);
    }
}

namespace EdgeAgent.Readers;

internal sealed partial class KpiReader
{
    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information,
            "The KPI engine starts over from the oldest entry of the journal: {Complaint}.")]
        public static partial void StartsOver(ILogger log, string complaint);

        [LoggerMessage(201, LogLevel.Error, "KPI results cannot be put into the outbox, trying again: {Reason}")]
        public static partial void OutboxUnavailable(ILogger log, string reason);

        [LoggerMessage(202, LogLevel.Error,
            "No snapshot of the KPI engine could be saved; a restart will take longer: {Reason}")]
        public static partial void NotSaved(ILogger log, string reason);

        [LoggerMessage(203, LogLevel.Error,
            "The last KPI results could not be put into the outbox; the next start forms them again: {Reason}")]
        public static partial void LeftToNextStart(ILogger log, string reason);
    }
}

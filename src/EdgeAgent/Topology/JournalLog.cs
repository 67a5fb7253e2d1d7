using EdgeAgent.Journal;

namespace EdgeAgent.Topology;

/// <summary>Writes what the journal reports into the log.</summary>
internal sealed partial class JournalLog(ILogger log)
{
    public void Write(JournalEvent report)
    {
        switch (report.Kind)
        {
            case JournalEventKind.SegmentStarted or JournalEventKind.SegmentDeleted:
                Log.Routine(log, report.Message);
                break;
            case JournalEventKind.StateChanged:
                Log.StateChanged(log, report.Message);
                break;
            default:
                Log.Trouble(log, report.Kind, report.Message);
                break;
        }
    }

    public void Write(RecoveryReport report)
    {
        Log.Opened(log, report.Epoch, report.OldestSequence, report.NextSequence);
        foreach (var finding in report.Findings)
        {
            Log.Found(log, finding.Kind, finding.File, finding.Offset, finding.Bytes, finding.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information,
            "Journal {Epoch:x16} is open with the entries {Oldest} up to {Next}.")]
        public static partial void Opened(ILogger log, ulong epoch, long oldest, long next);

        [LoggerMessage(111, LogLevel.Warning,
            "Journal recovery, {Kind} in {File} at {Offset}, {Bytes} bytes: {Message}")]
        public static partial void Found(
            ILogger log, RecoveryFindingKind kind, string file, long offset, long bytes, string message);

        [LoggerMessage(112, LogLevel.Debug, "{Message}")]
        public static partial void Routine(ILogger log, string message);

        [LoggerMessage(113, LogLevel.Warning, "{Message}")]
        public static partial void StateChanged(ILogger log, string message);

        [LoggerMessage(114, LogLevel.Error, "{Kind}: {Message}")]
        public static partial void Trouble(ILogger log, JournalEventKind kind, string message);
    }
}

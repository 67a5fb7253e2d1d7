namespace EdgeAgent.Sinks;

internal sealed partial class Outbox
{
    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Error,
            "Outbox {Path} was damaged ({Complaint}). It is kept as {SetAside}; {Salvaged} messages were taken over.")]
        public static partial void FileSetAside(
            ILogger log, string path, string complaint, string setAside, int salvaged);

        [LoggerMessage(2, LogLevel.Error, "Message {Id} was put with other content than before; the first one stays.")]
        public static partial void Conflict(ILogger log, string id);

        [LoggerMessage(3, LogLevel.Error, "Outbox row {Sequence} is damaged and will not be sent.")]
        public static partial void RowQuarantined(ILogger log, long sequence);

        [LoggerMessage(4, LogLevel.Error, "The stored position of {Reader} is damaged; it starts over.")]
        public static partial void PositionDamaged(ILogger log, string reader);

        [LoggerMessage(5, LogLevel.Error, "Outbox {Fault}: {Reason} {Remedy}")]
        public static partial void Trouble(ILogger log, OutboxFault fault, string reason, string remedy);

        [LoggerMessage(6, LogLevel.Information, "Outbox {Path} works again.")]
        public static partial void Recovered(ILogger log, string path);

        [LoggerMessage(7, LogLevel.Warning, "Outbox {Path} could not be closed cleanly: {Reason}")]
        public static partial void NotClosedCleanly(ILogger log, string path, string reason);
    }
}

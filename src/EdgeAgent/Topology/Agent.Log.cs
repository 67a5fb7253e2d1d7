namespace EdgeAgent.Topology;

internal sealed partial class Agent
{
    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information,
            "Agent {Agent} reads {Tags} tags of {Sources} endpoints under configuration {Hash}.")]
        public static partial void Started(ILogger log, string agent, int tags, int sources, string hash);

        [LoggerMessage(101, LogLevel.Information,
            "Agent stopped; of {Captured} samples captured {Durable} are durable; the next entry of the journal is "
            + "{NextSequence}.")]
        public static partial void Stopped(ILogger log, long captured, long durable, long nextSequence);

        [LoggerMessage(102, LogLevel.Critical,
            "The part '{Part}' failed; the agent stops and must be started anew. Please report this with the log.")]
        public static partial void PartFailed(ILogger log, string part, Exception error);

        [LoggerMessage(103, LogLevel.Warning, "The {Part} did not stop within {Patience}.")]
        public static partial void SlowToStop(ILogger log, string part, TimeSpan patience);

        [LoggerMessage(104, LogLevel.Error, "The last samples could not be made durable: {Reason}")]
        public static partial void NotFlushed(ILogger log, string reason);
    }
}

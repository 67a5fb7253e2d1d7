using EdgeAgent.Core.Model;

namespace EdgeAgent.Sinks.TimeSeries;

internal enum WriterState
{
    /// <summary>Everything read so far was taken, or nothing was sent yet.</summary>
    Writing,

    /// <summary>The server cannot now, or does not answer; tried again by itself.</summary>
    Waiting,

    /// <summary>The server will not; tried again, and a person has to act.</summary>
    Refused,

    /// <summary>The cursor or the reject file cannot be read or written.</summary>
    Failed,
}

/// <summary>How the writer is doing, for people.</summary>
internal sealed record WriterStatus(WriterState State, string Reason, string Remedy, UtcTime Since);

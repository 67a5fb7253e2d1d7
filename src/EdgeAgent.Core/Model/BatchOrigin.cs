namespace EdgeAgent.Core.Model;

/// <summary>How the samples of a batch came to the agent. Part of the record; the numbers are stored.</summary>
public enum BatchOrigin : byte
{
    /// <summary>Read or reported as it happened.</summary>
    Live = 0,

    /// <summary>Fetched later from the source's own history to close a gap.</summary>
    Backfill = 1,
}

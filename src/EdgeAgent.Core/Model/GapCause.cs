namespace EdgeAgent.Core.Model;

/// <summary>Why samples are missing. Stored; numbers never change.</summary>
public enum GapCause : byte
{
    /// <summary>The agent was not running, or was killed before the last group was durable.</summary>
    AgentStopped = 1,

    /// <summary>The device or its line did not answer.</summary>
    SourceOffline = 2,

    /// <summary>The journal could not keep up or could not write, so polls were skipped.</summary>
    QueueOverflow = 3,

    /// <summary>The disk or the disk budget was full.</summary>
    DiskFull = 4,

    /// <summary>Another configuration took effect.</summary>
    ConfigurationChanged = 5,

    /// <summary>Stored records were found damaged and were not used.</summary>
    StorageDamaged = 6,

    /// <summary>The source was connected and said nothing, not even that there was nothing new.</summary>
    SourceSilent = 7,

    /// <summary>The source had the values and lost them before they could be fetched.</summary>
    DataLost = 8,
}

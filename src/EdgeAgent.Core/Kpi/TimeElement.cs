namespace EdgeAgent.Core.Kpi;

/// <summary>What a work unit's time was spent on, by ISO 22400-2. Stored; numbers never change.</summary>
public enum TimeElement : byte
{
    /// <summary>Nobody knows: neither running nor stopped.</summary>
    Unknown = 0,

    /// <summary>APT: value-adding.</summary>
    Production = 1,

    /// <summary>AUST: set-up and change-over.</summary>
    Setup = 2,

    /// <summary>ADET: unplanned interruption while an order is being executed.</summary>
    Delay = 3,

    /// <summary>ADOT: not executing although available.</summary>
    Down = 4,
}

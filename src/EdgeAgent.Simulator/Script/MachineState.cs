namespace EdgeAgent.Simulator.Script;

/// <summary>What a machine does, by the time elements of ISO 22400-2.</summary>
public enum MachineState
{
    /// <summary>Adds value (APT).</summary>
    Production,

    /// <summary>Is set up for the next product or tool (AUST).</summary>
    Setup,

    /// <summary>Waits or is jammed while an order runs (ADET).</summary>
    Delay,

    /// <summary>Has failed (ADOT).</summary>
    Down,

    /// <summary>Is maintained as planned. What of it lies outside the planned window is down time (ADOT).</summary>
    Maintenance,
}

namespace EdgeAgent.Modbus.Client;

/// <summary>What a poll says about its unit.</summary>
public enum PollOutcome : byte
{
    /// <summary>The unit spoke, if only to refuse.</summary>
    Alive,

    /// <summary>The unit did not speak, or its gateway could not reach it: leave it alone for a while.</summary>
    Silent,

    /// <summary>The line broke.</summary>
    Disconnected,
}

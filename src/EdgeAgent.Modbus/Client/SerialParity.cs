namespace EdgeAgent.Modbus.Client;

/// <summary>The parity bit of a serial line.</summary>
public enum SerialParity : byte
{
    None,
    Odd,

    /// <summary>What the specification asks of every device (Modbus over Serial Line V1.02, 2.5.1).</summary>
    Even,
}

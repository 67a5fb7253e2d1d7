namespace EdgeAgent.Simulator.Servers;

/// <summary>What the controllers of the machines speak; meters speak Modbus TCP.</summary>
public enum MachineProtocol
{
    /// <summary>Modbus TCP.</summary>
    Modbus,

    /// <summary>OPC UA over opc.tcp.</summary>
    OpcUa,
}

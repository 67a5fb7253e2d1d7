namespace EdgeAgent.Modbus.Planning;

/// <summary>What a device allows in one request.</summary>
public sealed record PlanLimits
{
    /// <summary>Registers in one request, 1 to 125. Many small devices allow fewer.</summary>
    public int MaxRegisters { get; init; } = ModbusFunctions.MaxRegisters;

    /// <summary>Bits in one request, 1 to 2,000.</summary>
    public int MaxBits { get; init; } = ModbusFunctions.MaxBits;

    /// <summary>
    /// Addresses nobody asked for that may be read along between two points, 0 or more. Eight registers cost 16 bytes,
    /// less than a further request and answer (13 bytes on a serial line, 21 on TCP, and a turnaround each).
    /// </summary>
    public int MaxGap { get; init; } = 8;

    /// <summary>Never touched, not even in a gap: registers whose reading clears them, or locks the device up.</summary>
    public IReadOnlyList<AddressRange> Forbidden { get; init; } = [];

    public int MaxQuantity(ModbusFunction function) => function.ReadsBits
        ? Math.Min(MaxBits, ModbusFunctions.MaxBits)
        : Math.Min(MaxRegisters, ModbusFunctions.MaxRegisters);
}

namespace EdgeAgent.Modbus.Planning;

/// <summary>Neighbouring addresses of one table.</summary>
/// <param name="Function">The function that reads the table.</param>
/// <param name="Address">First address, 0 to 65,535.</param>
/// <param name="Quantity">Addresses, at least 1.</param>
public readonly record struct AddressRange(ModbusFunction Function, int Address, int Quantity)
{
    /// <summary>The first address behind the range.</summary>
    public int End => Address + Quantity;

    public bool Overlaps(in AddressRange other) =>
        Function == other.Function && Address < other.End && other.Address < End;
}

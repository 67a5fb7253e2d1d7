namespace EdgeAgent.Modbus.Server;

/// <summary>
/// One device behind a server: its tables, and which addresses it refuses. Safe for any number of updating and serving
/// threads; an update is seen whole or not at all.
/// </summary>
public sealed class ModbusUnit
{
    private readonly Lock _lock = new();
    private readonly ModbusTables _tables;
    private readonly List<(ModbusFunction Table, int From, int To)> _holes = [];

    /// <summary>A unit whose tables have so many addresses each, 0 to 65,536.</summary>
    public ModbusUnit(int coils = 0, int discreteInputs = 0, int holdingRegisters = 0, int inputRegisters = 0)
    {
        ReadOnlySpan<int> counts = [coils, discreteInputs, holdingRegisters, inputRegisters];
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)ModbusFunctions.AddressCount, nameof(count));
        }

        _tables = new(coils, discreteInputs, holdingRegisters, inputRegisters);
    }

    /// <summary>
    /// Called before each legal read, with the lock held, so that a simulation can bring the tables up to its time.
    /// It must be quick and must not wait.
    /// </summary>
    public Action<ModbusTables, ModbusRequest>? BeforeRead { get; set; }

    /// <summary>Changes the tables in one step.</summary>
    public void Update(Action<ModbusTables> change)
    {
        lock (_lock)
        {
            change(_tables);
        }
    }

    /// <summary>From now on a read that touches these addresses is refused with IllegalDataAddress.</summary>
    public void AddHole(ModbusFunction table, int address, int quantity)
    {
        lock (_lock)
        {
            _holes.Add((table, address, address + quantity));
        }
    }

    /// <summary>All addresses of the tables can be read again.</summary>
    public void ClearHoles()
    {
        lock (_lock)
        {
            _holes.Clear();
        }
    }

    /// <summary>Writes the data bytes of an answer, or says why not.</summary>
    internal ModbusExceptionCode Read(in ModbusRequest request, Span<byte> destination, out int byteCount)
    {
        byteCount = 0;
        var table = (ModbusFunction)request.Function;
        if (request.Quantity < 1 || request.Quantity > table.MaxQuantity)
        {
            return ModbusExceptionCode.IllegalDataValue;
        }

        int from = request.Address;
        var to = from + request.Quantity;
        lock (_lock)
        {
            if (to > _tables.Count(table))
            {
                return ModbusExceptionCode.IllegalDataAddress;
            }

            foreach (var hole in _holes)
            {
                if (hole.Table == table && hole.From < to && from < hole.To)
                {
                    return ModbusExceptionCode.IllegalDataAddress;
                }
            }

            BeforeRead?.Invoke(_tables, request);
            byteCount = _tables.Read(table, from, request.Quantity, destination);
            return ModbusExceptionCode.None;
        }
    }
}

namespace EdgeAgent.Modbus.Planning;

/// <summary>What a device turned out not to serve. Forgotten on reconnection and from time to time.</summary>
public sealed class LearnedObstacles
{
    private readonly List<AddressRange> _holes = [];
    private readonly List<(ModbusFunction Function, int Address)> _cuts = [];

    /// <summary>Addresses that are refused with IllegalDataAddress.</summary>
    public IReadOnlyList<AddressRange> Holes => _holes;

    public bool IsEmpty => _holes.Count == 0 && _cuts.Count == 0;

    public void AddHole(in AddressRange range) => _holes.Add(range);

    /// <summary>No request may read both sides of this address: each side is served, both together are not.</summary>
    public void AddCut(ModbusFunction function, int address) => _cuts.Add((function, address));

    public void Clear()
    {
        _holes.Clear();
        _cuts.Clear();
    }

    internal bool Cuts(in AddressRange block, in AddressRange next)
    {
        foreach (var (function, address) in _cuts)
        {
            if (function == next.Function && block.Address < address && address <= next.Address)
            {
                return true;
            }
        }

        return false;
    }
}

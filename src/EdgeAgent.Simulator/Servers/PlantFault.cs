using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;

namespace EdgeAgent.Simulator.Servers;

/// <summary>A misbehaviour of one device in [From, To) of plant time. The shop floor itself goes on.</summary>
public sealed record PlantFault
{
    /// <summary>Device of the ledger.</summary>
    public required string Device { get; init; }

    /// <summary>Plant time, microseconds.</summary>
    public required long From { get; init; }

    /// <summary>Plant time, microseconds; not included.</summary>
    public required long To { get; init; }

    /// <summary>What the device does to a request.</summary>
    public required ModbusFault Effect { get; init; }

    /// <summary>Only requests that touch this table suffer; null: all.</summary>
    public ModbusFunction? Table { get; init; }

    /// <summary>First address of the range that suffers, if a table is named.</summary>
    public int Address { get; init; }

    /// <summary>Addresses in the range.</summary>
    public int Quantity { get; init; } = ModbusFunctions.AddressCount;

    /// <summary>The device says nothing, as if switched off.</summary>
    public static PlantFault Silence(string device, long from, long to) =>
        new() { Device = device, From = from, To = to, Effect = ModbusFault.NoAnswer };

    /// <summary>The device refuses every request.</summary>
    public static PlantFault Refusal(string device, long from, long to, ModbusExceptionCode code) =>
        new() { Device = device, From = from, To = to, Effect = ModbusFault.Refuse(code) };

    /// <summary>Requests that touch the range are refused with IllegalDataAddress.</summary>
    public static PlantFault Hole(
        string device, long from, long to, ModbusFunction table, int address, int quantity) => new()
        {
            Device = device,
            From = from,
            To = to,
            Effect = ModbusFault.Refuse(ModbusExceptionCode.IllegalDataAddress),
            Table = table,
            Address = address,
            Quantity = quantity,
        };

    internal bool Strikes(in ModbusRequest request, long time) =>
        From <= time && time < To
        && (Table is null || ((byte)Table == request.Function
            && request.Address < Address + Quantity && Address < request.Address + request.Quantity));
}

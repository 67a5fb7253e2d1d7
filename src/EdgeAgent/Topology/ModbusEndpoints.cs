using System.Diagnostics;
using EdgeAgent.Configuration;
using EdgeAgent.Configuration.Registers;
using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Sources.Modbus;
using SerialParity = EdgeAgent.Modbus.Client.SerialParity;

namespace EdgeAgent.Topology;

/// <summary>Turns the endpoints, devices and tags of the configuration into what a Modbus source polls.</summary>
internal static class ModbusEndpoints
{
    /// <summary>One per configured endpoint that has tags.</summary>
    public static IEnumerable<ModbusEndpoint> Of(PlantConfig config, TagTable tags)
    {
        var devices = config.Devices.ToDictionary(device => device.Id, StringComparer.Ordinal);
        var byEndpoint = config.Tags.OfType<ModbusTagConfig>()
            .ToLookup(tag => devices[tag.Device].Endpoint, StringComparer.Ordinal);
        foreach (var endpoint in config.Agent.Endpoints.OfType<ModbusEndpointConfig>()
            .Where(endpoint => byEndpoint[endpoint.Name].Any()))
        {
            var limits = Limits(endpoint.Limits);
            var units =
                from tag in byEndpoint[endpoint.Name]
                group tag by devices[tag.Device].Unit into unit
                select new ModbusEndpointUnit
                {
                    Unit = (byte)unit.Key,
                    Scope = unit.Select(tag => tag.Device).Distinct().ToArray() is [var device]
                        ? device : endpoint.Name,
                    Limits = limits,
                    Tags = [.. unit.Select(tag => Tag(tag, tags))],
                };
            yield return new()
            {
                Name = endpoint.Name,
                Transport = Transport(endpoint),
                Line = new()
                {
                    Timeout = endpoint.Timeout,
                    Pause = endpoint.Pause,
                    AcceptUnitMismatch = endpoint.AcceptUnitMismatch,
                    AcceptZeroTransactionId = endpoint.AcceptZeroTransactionId,
                    LocalEcho = endpoint.LocalEcho,
                },
                Retries = endpoint.Retries,
                Units = [.. units],
            };
        }
    }

    private static ModbusTransport Transport(ModbusEndpointConfig endpoint) => endpoint.Protocol switch
    {
        EndpointProtocol.ModbusTcp => new TcpTransport(endpoint.Host, endpoint.Port),
        EndpointProtocol.ModbusRtuOverTcp => new RtuOverTcpTransport(endpoint.Host, endpoint.Port),
        EndpointProtocol.ModbusRtu => new SerialTransport(endpoint.SerialPort)
        {
            BaudRate = endpoint.BaudRate,
            StopBits = endpoint.StopBits,
            Parity = endpoint.Parity switch
            {
                Configuration.SerialParity.None => SerialParity.None,
                Configuration.SerialParity.Odd => SerialParity.Odd,
                _ => SerialParity.Even,
            },
        },
        _ => throw new UnreachableException(),
    };

    private static PlanLimits Limits(EndpointLimitsConfig limits) => new()
    {
        MaxRegisters = limits.MaxRegisters,
        MaxBits = limits.MaxBits,
        MaxGap = limits.MaxGap,
        Forbidden = [.. limits.Forbidden.Select(range =>
            new AddressRange(Function(range.Area), range.First, range.Last - range.First + 1))],
    };

    private static ModbusTag Tag(ModbusTagConfig tag, TagTable tags)
    {
        var format = new ValueFormat(
            Type(tag.Type.Encoding), Order(tag.Order), tag.Scale, tag.Offset, tag.Address.Bit ?? 0, tag.Type.Length);
        return new(
            tags.IndexOf(tag.Id),
            new(Function(tag.Address.Area), tag.Address.Offset, format.RegisterCount),
            format,
            tag.Interval);
    }

    private static ModbusFunction Function(RegisterArea area) => area switch
    {
        RegisterArea.Coil => ModbusFunction.ReadCoils,
        RegisterArea.Discrete => ModbusFunction.ReadDiscreteInputs,
        RegisterArea.Holding => ModbusFunction.ReadHoldingRegisters,
        RegisterArea.Input => ModbusFunction.ReadInputRegisters,
        _ => throw new UnreachableException(),
    };

    private static ModbusType Type(RegisterEncoding encoding) => encoding switch
    {
        RegisterEncoding.Bool => ModbusType.Bool,
        RegisterEncoding.Int16 => ModbusType.Int16,
        RegisterEncoding.UInt16 => ModbusType.UInt16,
        RegisterEncoding.Int32 => ModbusType.Int32,
        RegisterEncoding.UInt32 => ModbusType.UInt32,
        RegisterEncoding.Int64 => ModbusType.Int64,
        RegisterEncoding.UInt64 => ModbusType.UInt64,
        RegisterEncoding.Float32 => ModbusType.Float32,
        RegisterEncoding.Float64 => ModbusType.Float64,
        RegisterEncoding.Bcd16 => ModbusType.Bcd16,
        RegisterEncoding.Bcd32 => ModbusType.Bcd32,
        RegisterEncoding.String => ModbusType.Text,
        _ => throw new UnreachableException(),
    };

    private static RegisterOrder Order(ByteOrder order) => order switch
    {
        ByteOrder.BA or ByteOrder.BADC or ByteOrder.BADCFEHG => RegisterOrder.BytesSwapped,
        ByteOrder.CDAB or ByteOrder.GHEFCDAB => RegisterOrder.WordsSwapped,
        ByteOrder.DCBA or ByteOrder.HGFEDCBA => RegisterOrder.LittleEndian,
        _ => RegisterOrder.BigEndian,
    };
}

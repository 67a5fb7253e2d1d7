using EdgeAgent.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Sources.Modbus;
using EdgeAgent.Tests.Configuration;
using EdgeAgent.Topology;
using SerialParity = EdgeAgent.Modbus.Client.SerialParity;

namespace EdgeAgent.Tests.Topology;

public sealed class ModbusEndpointsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("coil:7", "bool", "", "ReadCoils 7 +1 Bool BigEndian")]
    [InlineData("discrete:3", "bool", "", "ReadDiscreteInputs 3 +1 Bool BigEndian")]
    [InlineData("holding:900.3", "bool", "", "ReadHoldingRegisters 900 +1 Bool BigEndian")]
    [InlineData("input:5", "int16", "AB", "ReadInputRegisters 5 +1 Int16 BigEndian")]
    [InlineData("input:5", "uint16", "BA", "ReadInputRegisters 5 +1 UInt16 BytesSwapped")]
    [InlineData("input:5", "int32", "ABCD", "ReadInputRegisters 5 +2 Int32 BigEndian")]
    [InlineData("input:5", "uint32", "BADC", "ReadInputRegisters 5 +2 UInt32 BytesSwapped")]
    [InlineData("input:5", "float32", "CDAB", "ReadInputRegisters 5 +2 Float32 WordsSwapped")]
    [InlineData("input:5", "float32", "DCBA", "ReadInputRegisters 5 +2 Float32 LittleEndian")]
    [InlineData("input:5", "int64", "ABCDEFGH", "ReadInputRegisters 5 +4 Int64 BigEndian")]
    [InlineData("input:5", "uint64", "BADCFEHG", "ReadInputRegisters 5 +4 UInt64 BytesSwapped")]
    [InlineData("input:5", "float64", "GHEFCDAB", "ReadInputRegisters 5 +4 Float64 WordsSwapped")]
    [InlineData("input:5", "float64", "HGFEDCBA", "ReadInputRegisters 5 +4 Float64 LittleEndian")]
    [InlineData("input:5", "bcd16", "", "ReadInputRegisters 5 +1 Bcd16 BigEndian")]
    [InlineData("input:5", "bcd32", "CDAB", "ReadInputRegisters 5 +2 Bcd32 WordsSwapped")]
    [InlineData("input:5", "string:7", "BA", "ReadInputRegisters 5 +4 Text BytesSwapped")]
    public void Every_type_and_order_of_the_point_table_is_read_as_written(
        string address, string type, string order, string readAs)
    {
        var decimals = type.StartsWith("float", StringComparison.Ordinal) ? "2" : "";
        AddTag($"cnc1.x,cnc1,{address},{type},{order},,,,{decimals},5s,");

        var (_, range, format, interval) = TagOf("cnc1.x");

        Assert.Equal(
            readAs, $"{range.Function} {range.Address} +{range.Quantity} {format.Type} {format.Order}");
        Assert.Equal(TimeSpan.FromSeconds(5), interval);
    }

    [Fact]
    public void Every_type_in_the_point_table_has_a_decoder_of_its_own()
    {
        var types = Enum.GetValues<EdgeAgent.Configuration.Registers.RegisterEncoding>().Length;

        Assert.Equal(types, Enum.GetValues<ModbusType>().Length);
    }

    [Fact]
    public void Bit_text_length_scale_and_offset_reach_the_decoder()
    {
        AddTag("cnc1.bit,cnc1,holding:900.13,bool,,,,,,,");
        AddTag("cnc1.text,cnc1,holding:910,string:5,,,,,,,");
        AddTag("cnc1.scaled,cnc1,holding:920,int16,,0.1,-40,°C,,,");

        Assert.Equal(13, TagOf("cnc1.bit").Format.Bit);
        Assert.Equal(5, TagOf("cnc1.text").Format.TextLength);
        var scaled = TagOf("cnc1.scaled").Format;
        Assert.Equal(ValueKind.Float64, TagOf("cnc1.scaled").Kind);
        Assert.Equal(
            -15.0, BitConverter.Int64BitsToDouble(ValueCodec.Decode([0x00, 0xFA], scaled).Bits));
    }

    [Fact]
    public void Tags_are_grouped_by_unit_and_a_gap_of_a_unit_concerns_its_device()
    {
        var endpoint = Assert.Single(Endpoints());

        Assert.Equal("plc1", endpoint.Name);
        Assert.Equal(new TcpTransport("192.168.1.10", 502), endpoint.Transport);
        Assert.Equal([(1, "cnc1", 4), (2, "meter1", 1)], endpoint.Units.Select(
            unit => ((int)unit.Unit, unit.Scope, unit.Tags.Count)));
    }

    [Fact]
    public void A_gap_of_a_unit_that_speaks_for_two_devices_concerns_their_line()
    {
        _folder.Replace("devices.csv", "plc1,2", "plc1,1");
        _folder.Replace("tags.csv", "meter1,holding:0", "meter1,holding:40");

        var unit = Assert.Single(Assert.Single(Endpoints()).Units);

        Assert.Equal("plc1", unit.Scope);
        Assert.Equal(5, unit.Tags.Count);
    }

    [Fact]
    public void The_settings_of_a_network_line_reach_its_client()
    {
        _folder.Replace(
            "agent.json",
            """{ "name": "plc1", "protocol": "modbus-tcp", "host": "192.168.1.10" }""",
            """
            { "name": "plc1", "protocol": "modbus-rtu-over-tcp", "host": "moxa", "port": 4001, "timeout": "700ms",
              "pause": "20ms", "retries": 3, "acceptUnitMismatch": true, "localEcho": true,
              "limits": {
                "maxRegisters": 60, "maxBits": 500, "maxGap": 4, "forbidden": ["holding:900-999", "coil:5"] } }
            """);

        var endpoint = Assert.Single(Endpoints());

        Assert.Equal(new RtuOverTcpTransport("moxa", 4001), endpoint.Transport);
        Assert.Equal(3, endpoint.Retries);
        Assert.Equal(
            new ModbusClientSettings
            {
                Timeout = TimeSpan.FromMilliseconds(700),
                Pause = TimeSpan.FromMilliseconds(20),
                AcceptUnitMismatch = true,
                LocalEcho = true,
            },
            endpoint.Line);
        Assert.All(endpoint.Units, unit =>
        {
            Assert.Equal((60, 500, 4), (unit.Limits.MaxRegisters, unit.Limits.MaxBits, unit.Limits.MaxGap));
            Assert.Equal(
                [new(ModbusFunction.ReadHoldingRegisters, 900, 100), new(ModbusFunction.ReadCoils, 5, 1)],
                unit.Limits.Forbidden);
        });
    }

    [Theory]
    [InlineData("none", SerialParity.None)]
    [InlineData("even", SerialParity.Even)]
    [InlineData("odd", SerialParity.Odd)]
    public void The_settings_of_a_serial_line_reach_its_port(string written, SerialParity parity)
    {
        _folder.Replace(
            "agent.json",
            """{ "name": "plc1", "protocol": "modbus-tcp", "host": "192.168.1.10" }""",
            $$"""
            { "name": "plc1", "protocol": "modbus-rtu", "serialPort": "/dev/ttyS1", "baudRate": 9600, "stopBits": 2,
              "parity": "{{written}}" }
            """);

        var endpoint = Assert.Single(Endpoints());

        Assert.Equal(
            new SerialTransport("/dev/ttyS1") { BaudRate = 9600, StopBits = 2, Parity = parity }, endpoint.Transport);
    }

    private void AddTag(string row) => _folder.Write("tags.csv", _folder.Read("tags.csv") + row + "\n");

    private ModbusTag TagOf(string id)
    {
        var config = Load();
        var tags = ModelBuilder.Tags(config);
        return ModbusEndpoints.Of(config, tags).SelectMany(endpoint => endpoint.Units).SelectMany(unit => unit.Tags)
            .Single(tag => tag.TagIndex == tags.IndexOf(id));
    }

    private List<ModbusEndpoint> Endpoints()
    {
        var config = Load();
        return [.. ModbusEndpoints.Of(config, ModelBuilder.Tags(config))];
    }

    private PlantConfig Load()
    {
        var result = _folder.Load();
        Assert.True(result.Config is not null, string.Join('\n', result.Errors));
        return result.Config!;
    }
}

using System.Globalization;
using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>A Modbus connection or serial line; the devices behind it are told apart by their unit.</summary>
internal sealed record ModbusEndpointConfig : EndpointConfig
{
    /// <summary>Keys that only Modbus endpoints have.</summary>
    public static readonly string[] OwnKeys =
    [
        "host", "port", "serialPort", "baudRate", "parity", "stopBits", "pause", "retries", "limits",
        "acceptUnitMismatch", "acceptZeroTransactionId", "localEcho",
    ];

    private static readonly Choices<SerialParity> Parities = new(
        (SerialParity.None, ["none"]), (SerialParity.Even, ["even"]), (SerialParity.Odd, ["odd"]));

    private static readonly string[] OfSerialLine = ["serialPort", "baudRate", "parity", "stopBits"];
    private static readonly string[] OfNetwork = ["host", "port"];
    private static readonly string[] OfTransactions = ["acceptZeroTransactionId"];
    private static readonly string[] OfRtuFrames = ["localEcho"];

    /// <summary>Over a network: host name or IP address; else empty.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>On a serial line: the device, for example "/dev/ttyS1"; else empty.</summary>
    public required string SerialPort { get; init; }

    /// <summary>Bits a second.</summary>
    public required int BaudRate { get; init; }

    public required SerialParity Parity { get; init; }

    /// <summary>1 or 2.</summary>
    public required int StopBits { get; init; }

    /// <summary>Silence between an answer and the next request, beyond what the line itself needs.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Repetitions of a request that was not answered or answered Busy.</summary>
    public required int Retries { get; init; }

    public required EndpointLimitsConfig Limits { get; init; }

    /// <summary>Take answers that name another unit: some gateways answer 0 or 255 for every unit.</summary>
    public required bool AcceptUnitMismatch { get; init; }

    /// <summary>Take answers with transaction id 0, which some servers give to every request.</summary>
    public required bool AcceptZeroTransactionId { get; init; }

    /// <summary>The line hears its own requests (two-wire RS-485 without echo suppression).</summary>
    public required bool LocalEcho { get; init; }

    public override string Address => Protocol == EndpointProtocol.ModbusRtu
        ? SerialPort
        : string.Create(CultureInfo.InvariantCulture, $"{Host.ToLowerInvariant()}:{Port}");

    public override string AddressKey => Protocol == EndpointProtocol.ModbusRtu ? "serialPort" : "host";

    public static ModbusEndpointConfig Read(string name, EndpointProtocol protocol, JsonSection json)
    {
        var isSerial = protocol == EndpointProtocol.ModbusRtu;
        var parity = json["parity"].Choice(SerialParity.Even, Parities);
        var config = new ModbusEndpointConfig
        {
            Name = name,
            Protocol = protocol,
            Host = isSerial ? json["host"].Line() : json["host"].Required("192.168.1.10").Host(),

            // IANA: mbap.
            Port = json["port"].Integer(502, 1, 65535),
            SerialPort = isSerial
                ? json["serialPort"].Required("/dev/ttyS1").Line(example: "/dev/ttyS1")
                : json["serialPort"].Line(),

            // 19,200 baud, even parity and 11 bits a character are the defaults of Modbus over Serial Line V1.02, 2.5.
            BaudRate = json["baudRate"].Integer(19_200, 300, 1_000_000),
            Parity = parity,
            StopBits = json["stopBits"].Integer(parity == SerialParity.None ? 2 : 1, 1, 2),

            // Modbus over Serial Line V1.02, 2.4.1, allows a slow device at 9,600 baud "one to several seconds".
            Timeout = json["timeout"].Duration(
                TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),

            // Devices that need one are rare and say so in their manual.
            Pause = json["pause"].Duration(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(10)),

            // One repetition hides a single disturbed frame; more would delay the other units of the line.
            Retries = json["retries"].Integer(1, 0, 10),
            Limits = json.Section("limits") is { } limits
                ? EndpointLimitsConfig.Read(limits)
                : EndpointLimitsConfig.Default,
            AcceptUnitMismatch = json["acceptUnitMismatch"].Flag(false),
            AcceptZeroTransactionId = json["acceptZeroTransactionId"].Flag(false),
            LocalEcho = json["localEcho"].Flag(false),
        };
        Refuse(json, protocol, isSerial ? OfNetwork : OfSerialLine);
        Refuse(json, protocol, protocol == EndpointProtocol.ModbusTcp ? OfRtuFrames : OfTransactions);
        Refuse(json, protocol, OpcUaEndpointConfig.OwnKeys);
        return config;
    }
}

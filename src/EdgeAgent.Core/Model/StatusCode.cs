namespace EdgeAgent.Core.Model;

/// <summary>
/// The quality of a sample, as an OPC UA StatusCode (Part 4, 7.38) whatever the protocol: the two highest bits are the
/// severity (00 Good, 01 Uncertain, 10 Bad), the next 14 the sub-code, the low 16 information bits.
/// </summary>
public readonly record struct StatusCode(uint Value)
{
    public static readonly StatusCode Good = new(0x0000_0000);
    public static readonly StatusCode Uncertain = new(0x4000_0000);
    public static readonly StatusCode UncertainLastUsableValue = new(0x4090_0000);
    public static readonly StatusCode Bad = new(0x8000_0000);

    /// <summary>A low-level communication error: short frame, wrong CRC, wrong byte count, connection broken.</summary>
    public static readonly StatusCode BadCommunicationError = new(0x8005_0000);
    public static readonly StatusCode BadDecodingError = new(0x8007_0000);

    /// <summary>No answer within the time-out.</summary>
    public static readonly StatusCode BadTimeout = new(0x800A_0000);
    public static readonly StatusCode BadShutdown = new(0x800C_0000);

    /// <summary>The server or device cannot be reached at all.</summary>
    public static readonly StatusCode BadServerNotConnected = new(0x800D_0000);
    public static readonly StatusCode BadNothingToDo = new(0x800F_0000);
    public static readonly StatusCode BadDataLost = new(0x809D_0000);
    public static readonly StatusCode BadDataUnavailable = new(0x809E_0000);
    public static readonly StatusCode BadTooManyOperations = new(0x8010_0000);
    public static readonly StatusCode BadNoCommunication = new(0x8031_0000);
    public static readonly StatusCode BadWaitingForInitialData = new(0x8032_0000);
    public static readonly StatusCode BadNodeIdUnknown = new(0x8034_0000);
    public static readonly StatusCode BadNotReadable = new(0x803A_0000);
    public static readonly StatusCode BadOutOfRange = new(0x803C_0000);
    public static readonly StatusCode BadNotSupported = new(0x803D_0000);
    public static readonly StatusCode BadTypeMismatch = new(0x8074_0000);
    public static readonly StatusCode BadConfigurationError = new(0x8089_0000);

    /// <summary>A link behind the peer is down, for example a Modbus gateway whose target does not answer.</summary>
    public static readonly StatusCode BadNotConnected = new(0x808A_0000);
    public static readonly StatusCode BadDeviceFailure = new(0x808B_0000);
    public static readonly StatusCode BadSensorFailure = new(0x808C_0000);
    public static readonly StatusCode BadResourceUnavailable = new(0x8004_0000);
    public static readonly StatusCode BadUnexpectedError = new(0x8001_0000);
    public static readonly StatusCode BadInternalError = new(0x8002_0000);

    public bool IsGood => Value >> 30 == 0;

    public bool IsUncertain => Value >> 30 == 1;

    /// <summary>Severity 10, and also the reserved 11, which Part 4 tells a reader to treat as Bad.</summary>
    public bool IsBad => Value >> 31 == 1;

    /// <summary>The code without its information bits, as listed in the OPC UA table of status codes.</summary>
    public StatusCode Code => new(Value & 0xFFFF_0000);

    /// <summary>The name in the OPC UA table, or the number in hexadecimal.</summary>
    public override string ToString() => StatusCodeNames.Find(this) ?? $"0x{Value:X8}";
}

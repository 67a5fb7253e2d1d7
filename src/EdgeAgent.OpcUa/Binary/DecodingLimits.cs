namespace EdgeAgent.OpcUa.Binary;

/// <summary>What a peer may make us read. Each bound exists because a length on the wire is only a claim.</summary>
public sealed record DecodingLimits
{
    public static readonly DecodingLimits Default = new();

    /// <summary>Bytes of one String or XmlElement. Names and texts of people; 64 KiB is a long text.</summary>
    public int StringBytes { get; init; } = 65_536;

    /// <summary>Bytes of one ByteString or ExtensionObject body. A whole certificate chain and more.</summary>
    public int ByteStringBytes { get; init; } = 1 << 20;

    /// <summary>Elements of one array. More than a server of 100,000 items answers at once.</summary>
    public int ArrayLength { get; init; } = 262_144;

    /// <summary>Variants, ExtensionObjects and the like within each other. Real models need five; the stack bears 64.</summary>
    public int Nesting { get; init; } = 64;

    /// <summary>Part 6, 5.2.2.12: decoders need not take more than ten DiagnosticInfos within each other.</summary>
    public int DiagnosticNesting { get; init; } = 10;

    /// <summary>
    /// Memory that decoding may take beyond <see cref="MemoryPerByte"/> for each byte of input: without it a message of
    /// one-byte elements would grow fortyfold. With an exception from the deepest nesting, some 32 KiB, below 64 KiB.
    /// </summary>
    public int MemoryBase { get; init; } = 16 * 1024;

    /// <summary>
    /// Bytes of memory for each byte of input. With what is not counted, the larger structures' fields, below 16.
    /// </summary>
    public int MemoryPerByte { get; init; } = 14;
}

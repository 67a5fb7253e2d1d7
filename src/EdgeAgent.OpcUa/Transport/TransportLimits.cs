namespace EdgeAgent.OpcUa.Transport;

/// <summary>What this side offers when a connection begins, and what it holds to whatever the peer says.</summary>
public sealed record TransportLimits
{
    /// <summary>Part 6, 7.1.2.3: the smallest buffer a side may offer under an RSA policy.</summary>
    internal const int MinChunkBytes = 8192;

    // Beyond this a chunk is no longer a part of something.
    private const int MaxChunkBytes = 16 << 20;

    /// <summary>
    /// Largest chunk sent and received, in bytes: 8 KiB to 16 MiB. The 64 KiB that all known stacks use by default:
    /// enough for 1,900 notifications, small enough to stay in the processor's cache while it is deciphered.
    /// </summary>
    public int ChunkBytes { get; init; } = 64 << 10;

    /// <summary>
    /// Largest message, without headers and padding, in bytes. 16 MiB hold the first notification of 400,000 numbers
    /// (34 bytes each) and a CreateMonitoredItems request for 100,000 items whose names take 100 bytes.
    /// </summary>
    public int MessageBytes { get; init; } = 16 << 20;

    /// <summary>
    /// Most chunks of one message: so many that a peer with the smallest allowed buffer can still send the largest
    /// message. A flood of empty chunks ends here.
    /// </summary>
    public int ChunkCount { get; init; } = (16 << 20) / MinChunkBytes * 2;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkBytes, MinChunkBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ChunkBytes, MaxChunkBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageBytes, MinChunkBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(ChunkCount, 1);
    }
}

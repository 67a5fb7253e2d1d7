namespace EdgeAgent.OpcUa.Binary;

/// <summary>A structure of the standard: its fields in order (Part 6, 5.2.6).</summary>
public interface IUaStructure<TSelf>
{
    /// <summary>
    /// Bytes of memory that decoding an instance takes beyond two for each byte of its shortest encoding; arrays and texts
    /// in it are counted where they are read. Enough for most, as a test sees.
    /// </summary>
    static virtual int MemorySize => 64;

    void Encode(UaWriter writer);

    /// <exception cref="OpcUaException">The bytes are no such structure, or pass a limit.</exception>
    static abstract TSelf Decode(ref UaReader reader);
}

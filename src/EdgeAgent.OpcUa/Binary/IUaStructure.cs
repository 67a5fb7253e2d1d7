namespace EdgeAgent.OpcUa.Binary;

/// <summary>A structure of the standard: its fields in order (Part 6, 5.2.6).</summary>
public interface IUaStructure<TSelf>
{
    void Encode(UaWriter writer);

    /// <exception cref="OpcUaException">The bytes are no such structure, or pass a limit.</exception>
    static abstract TSelf Decode(ref UaReader reader);
}

namespace EdgeAgent.OpcUa.Binary;

/// <summary>A structure that can stand in an ExtensionObject or alone in a message.</summary>
public interface IUaEncodable<TSelf> : IUaStructure<TSelf>
{
    /// <summary>The numeric id, in namespace 0, of its DefaultBinary encoding.</summary>
    static abstract uint EncodingId { get; }
}

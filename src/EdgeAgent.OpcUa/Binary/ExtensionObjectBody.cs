namespace EdgeAgent.OpcUa.Binary;

/// <summary>How the body of an ExtensionObject is encoded (Part 6, 5.2.2.15).</summary>
public enum ExtensionObjectBody : byte
{
    None = 0,
    Binary = 1,
    Xml = 2,
}

namespace EdgeAgent.OpcUa.Binary;

/// <summary>The URIs of the namespaces that this leaf knows by name.</summary>
public static class NamespaceUris
{
    /// <summary>Namespace 0, that of the standard itself.</summary>
    public const string OpcUa = "http://opcfoundation.org/UA/";
}

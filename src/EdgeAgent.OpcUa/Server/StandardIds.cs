using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Server;

/// <summary>Nodes of namespace 0 by name (Part 6, A.3).</summary>
internal static class StandardIds
{
    public const uint Range = 884;
    public const uint EUInformation = 887;

    public static readonly NodeId References = new(31);
    public static readonly NodeId HierarchicalReferences = new(33);
    public static readonly NodeId Organizes = new(35);
    public static readonly NodeId HasEncoding = new(38);
    public static readonly NodeId HasTypeDefinition = new(40);
    public static readonly NodeId HasSubtype = new(45);
    public static readonly NodeId HasProperty = new(46);
    public static readonly NodeId HasComponent = new(47);

    public static readonly NodeId BaseObjectType = new(58);
    public static readonly NodeId FolderType = new(61);
    public static readonly NodeId BaseDataVariableType = new(63);
    public static readonly NodeId PropertyType = new(68);
    public static readonly NodeId DataTypeEncodingType = new(76);
    public static readonly NodeId AnalogItemType = new(2368);

    public static readonly NodeId Structure = new(22);
    public static readonly NodeId Enumeration = new(29);
    public static readonly NodeId LocalizedText = new(21);
    public static readonly NodeId EnumValueType = new(7594);

    public static readonly NodeId Server = new(2253);
    public static readonly NodeId GetMonitoredItems = new(11492);
    public static readonly NodeId ResendData = new(12873);
}

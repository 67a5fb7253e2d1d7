using System.Globalization;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>
/// The nodes of namespace 0 that clients ask for (Part 5; ids of Part 6, A.3). Far from all of them: enough to
/// browse, to find the types of what is served, and to learn what the server can do.
/// </summary>
internal static class StandardNodes
{
    /// <summary>The Objects folder is the second node of the table.</summary>
    public const int ObjectsHandle = 1;

    // id, parent, reference from the parent (+ subtype, > component, . property, * organizes), class, name,
    // and of objects and variables the type definition, of variables the data type, "[]" for arrays, of data types
    // and reference types "abstract", of reference types the inverse name. Parents stand before their children,
    // but for the types of references and objects, which are looked up when all are there.
    private const string Table = """
        84 0 * O Root 61
        85 84 * O Objects 61
        86 84 * O Types 61
        87 84 * O Views 61
        91 86 * O ReferenceTypes 61
        31 91 * R References abstract
        33 31 + R HierarchicalReferences abstract
        34 33 + R HasChild abstract
        35 33 + R Organizes OrganizedBy
        44 34 + R Aggregates abstract
        45 34 + R HasSubtype SubtypeOf
        46 44 + R HasProperty PropertyOf
        47 44 + R HasComponent ComponentOf
        49 47 + R HasOrderedComponent OrderedComponentOf
        17604 47 + R HasAddIn AddInOf
        36 33 + R HasEventSource EventSourceOf
        48 36 + R HasNotifier NotifierOf
        32 31 + R NonHierarchicalReferences abstract
        37 32 + R HasModellingRule ModellingRuleOf
        38 32 + R HasEncoding EncodingOf
        39 32 + R HasDescription DescriptionOf
        40 32 + R HasTypeDefinition TypeDefinitionOf
        41 32 + R GeneratesEvent GeneratedBy
        51 32 + R FromState ToTransition
        52 32 + R ToState FromTransition
        17603 32 + R HasInterface InterfaceOf
        88 86 * O ObjectTypes 61
        58 88 * OT BaseObjectType
        61 58 + OT FolderType
        76 58 + OT DataTypeEncodingType
        77 58 + OT ModellingRuleType
        2004 58 + OT ServerType
        2013 58 + OT ServerCapabilitiesType
        2020 58 + OT ServerDiagnosticsType
        2330 58 + OT HistoryServerCapabilitiesType
        2299 58 + OT StateMachineType
        2771 2299 + OT FiniteStateMachineType
        2307 58 + OT StateType
        2309 2307 + OT InitialStateType
        2310 58 + OT TransitionType
        17602 58 + OT BaseInterfaceType
        11564 61 + OT OperationLimitsType
        89 86 * O VariableTypes 61
        62 89 * VT BaseVariableType
        68 62 + VT PropertyType
        63 62 + VT BaseDataVariableType
        2138 63 + VT ServerStatusType
        3051 63 + VT BuildInfoType
        2755 63 + VT StateVariableType
        2760 2755 + VT FiniteStateVariableType
        2365 63 + VT DataItemType
        15318 2365 + VT BaseAnalogType
        2368 15318 + VT AnalogItemType
        17497 15318 + VT AnalogUnitType
        2372 2365 + VT DiscreteItemType
        2373 2372 + VT TwoStateDiscreteType
        2376 2372 + VT MultiStateDiscreteType
        11238 2372 + VT MultiStateValueDiscreteType
        90 86 * O DataTypes 61
        24 90 * D BaseDataType abstract
        1 24 + D Boolean
        12 24 + D String
        295 12 + D LocaleId
        13 24 + D DateTime
        294 13 + D UtcTime
        14 24 + D Guid
        15 24 + D ByteString
        30 15 + D Image
        16 24 + D XmlElement
        17 24 + D NodeId
        18 24 + D ExpandedNodeId
        19 24 + D StatusCode
        20 24 + D QualifiedName
        21 24 + D LocalizedText
        23 24 + D DataValue
        25 24 + D DiagnosticInfo
        22 24 + D Structure abstract
        12755 22 + D OptionSet abstract
        12756 22 + D Union abstract
        338 22 + D BuildInfo
        340 338 e O Default_Binary 76
        862 22 + D ServerStatusDataType
        864 862 e O Default_Binary 76
        884 22 + D Range
        886 884 e O Default_Binary 76
        887 22 + D EUInformation
        889 887 e O Default_Binary 76
        296 22 + D Argument
        298 296 e O Default_Binary 76
        7594 22 + D EnumValueType
        8251 7594 e O Default_Binary 76
        29 24 + D Enumeration abstract
        852 29 + D ServerState
        26 24 + D Number abstract
        10 26 + D Float
        11 26 + D Double
        290 11 + D Duration
        27 26 + D Integer abstract
        2 27 + D SByte
        4 27 + D Int16
        6 27 + D Int32
        8 27 + D Int64
        28 26 + D UInteger abstract
        3 28 + D Byte
        5 28 + D UInt16
        7 28 + D UInt32
        9 28 + D UInt64
        2253 85 * O Server 2004
        2254 2253 . V ServerArray 68 String[]
        2255 2253 . V NamespaceArray 68 String[]
        2267 2253 . V ServiceLevel 68 Byte
        2994 2253 . V Auditing 68 Boolean
        2256 2253 > V ServerStatus 2138 862
        2257 2256 > V StartTime 63 294
        2258 2256 > V CurrentTime 63 294
        2259 2256 > V State 63 852
        2260 2256 > V BuildInfo 3051 338
        2261 2260 > V ProductName 63 String
        2262 2260 > V ProductUri 63 String
        2263 2260 > V ManufacturerName 63 String
        2264 2260 > V SoftwareVersion 63 String
        2265 2260 > V BuildNumber 63 String
        2266 2260 > V BuildDate 63 294
        2992 2256 > V SecondsTillShutdown 63 UInt32
        2993 2256 > V ShutdownReason 63 LocalizedText
        2268 2253 > O ServerCapabilities 2013
        2269 2268 . V ServerProfileArray 68 String[]
        2271 2268 . V LocaleIdArray 68 295[]
        2272 2268 . V MinSupportedSampleRate 68 290
        2735 2268 . V MaxBrowseContinuationPoints 68 UInt16
        2736 2268 . V MaxQueryContinuationPoints 68 UInt16
        2737 2268 . V MaxHistoryContinuationPoints 68 UInt16
        11702 2268 . V MaxArrayLength 68 UInt32
        11703 2268 . V MaxStringLength 68 UInt32
        12911 2268 . V MaxByteStringLength 68 UInt32
        24095 2268 . V MaxSessions 68 UInt32
        24096 2268 . V MaxSubscriptions 68 UInt32
        24097 2268 . V MaxMonitoredItems 68 UInt32
        24098 2268 . V MaxSubscriptionsPerSession 68 UInt32
        24104 2268 . V MaxMonitoredItemsPerSubscription 68 UInt32
        31916 2268 . V MaxMonitoredItemsQueueSize 68 UInt32
        11704 2268 > O OperationLimits 11564
        11705 11704 . V MaxNodesPerRead 68 UInt32
        12165 11704 . V MaxNodesPerHistoryReadData 68 UInt32
        11709 11704 . V MaxNodesPerMethodCall 68 UInt32
        11710 11704 . V MaxNodesPerBrowse 68 UInt32
        11712 11704 . V MaxNodesPerTranslateBrowsePathsToNodeIds 68 UInt32
        11714 11704 . V MaxMonitoredItemsPerCall 68 UInt32
        11192 2268 > O HistoryServerCapabilities 2330
        11193 11192 . V AccessHistoryDataCapability 68 Boolean
        11242 11192 . V AccessHistoryEventsCapability 68 Boolean
        11273 11192 . V MaxReturnDataValues 68 UInt32
        11274 11192 . V MaxReturnEventValues 68 UInt32
        11196 11192 . V InsertDataCapability 68 Boolean
        11197 11192 . V ReplaceDataCapability 68 Boolean
        11198 11192 . V UpdateDataCapability 68 Boolean
        11199 11192 . V DeleteRawCapability 68 Boolean
        11200 11192 . V DeleteAtTimeCapability 68 Boolean
        19091 11192 . V ServerTimestampSupported 68 Boolean
        11492 2253 > M GetMonitoredItems
        11493 11492 . V InputArguments 68 296[]
        11494 11492 . V OutputArguments 68 296[]
        12873 2253 > M ResendData
        12874 12873 . V InputArguments 68 296[]
        """;

    public static void AddTo(AddressSpace space)
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var line in lines)
        {
            AddNode(space, line);
        }

        // References and type definitions could not be looked up before their nodes were there.
        foreach (var line in lines)
        {
            Link(space, line);
        }

        SetConstants(space);
    }

    private static NodeId Id(string text) => new(uint.Parse(text, CultureInfo.InvariantCulture));

    private static void AddNode(AddressSpace space, string[] line)
    {
        var nodeClass = line[3] switch
        {
            "O" => NodeClass.Object,
            "V" => NodeClass.Variable,
            "M" => NodeClass.Method,
            "OT" => NodeClass.ObjectType,
            "VT" => NodeClass.VariableType,
            "R" => NodeClass.ReferenceType,
            _ => NodeClass.DataType,
        };
        var name = "0:" + line[4].Replace('_', ' ');
        var parent = line[1] == "0" ? 0 : space.Find(Id(line[1]));
        var node = space.AddNode(parent, NodeId.Null, new(nodeClass, Id(line[0]), name));
        if (nodeClass == NodeClass.Variable)
        {
            AddValue(space, node, line[6]);
        }
        else if (nodeClass is NodeClass.ReferenceType or NodeClass.DataType && line.Length > 5)
        {
            var extras = space.ExtrasOf(node);
            extras.IsAbstract = line[5] == "abstract";
            extras.InverseName = extras.IsAbstract ? null : line[5];
        }
    }

    private static void AddValue(AddressSpace space, int node, string dataType)
    {
        var isArray = dataType.EndsWith("[]", StringComparison.Ordinal);
        var element = isArray ? dataType[..^2] : dataType;
        if (!Enum.TryParse<BuiltInType>(element, out var type) || char.IsDigit(element[0]))
        {
            type = element switch
            {
                "290" => BuiltInType.Double,
                "294" => BuiltInType.DateTime,
                "295" => BuiltInType.String,
                "852" => BuiltInType.Int32,
                _ => BuiltInType.ExtensionObject,
            };
            space.ExtrasOf(node).DataType = Id(element);
        }

        if (isArray)
        {
            space.ExtrasOf(node).ValueRank = 1;
            space.ExtrasOf(node).ArrayDimensions = [0];
        }

        space.Row(node).Value = space.Values.Add(type, default);
    }

    private static void Link(AddressSpace space, string[] line)
    {
        ref var row = ref space.Row(space.Find(Id(line[0])));
        row.ReferenceType = line[1] == "0" ? 0 : space.Find(line[2] switch
        {
            "+" => StandardIds.HasSubtype,
            ">" => StandardIds.HasComponent,
            "." => StandardIds.HasProperty,
            "e" => StandardIds.HasEncoding,
            _ => StandardIds.Organizes,
        });
        if (row.Class is NodeClass.Object or NodeClass.Variable)
        {
            row.Type = space.Find(Id(line[5]));
        }
    }

    private static void SetConstants(AddressSpace space)
    {
        void Set(uint id, Variant value) =>
            space.Set(space.Find(new(id)), value, StatusCodes.Good, UaDateTime.None);

        static Variant Texts(params string?[] texts) => Variant.From(new UaArray(BuiltInType.String, texts));

        Set(2267, Variant.From((byte)255));
        Set(2269, Texts("http://opcfoundation.org/UA-Profile/Server/EmbeddedUA2017"));
        Set(2271, Texts("en"));
        Set(2993, Variant.From(new LocalizedText(null, null)));
        Set(11193, Variant.From(true));
        Set(19091, Variant.From(true));
        Set(11493, Arguments(("SubscriptionId", BuiltInType.UInt32, false)));
        Set(11494, Arguments(("ServerHandles", BuiltInType.UInt32, true), ("ClientHandles", BuiltInType.UInt32, true)));
        Set(12874, Arguments(("SubscriptionId", BuiltInType.UInt32, false)));
    }

    // Part 3, 8.6: Name, DataType, ValueRank, ArrayDimensions, Description.
    private static Variant Arguments(params (string Name, BuiltInType Type, bool IsArray)[] arguments)
    {
        const uint argumentEncoding = 298;
        var bodies = new ExtensionObject[arguments.Length];
        for (var i = 0; i < bodies.Length; i++)
        {
            var writer = new UaWriter();
            writer.WriteString(arguments[i].Name);
            writer.WriteNodeId(new((uint)arguments[i].Type));
            writer.WriteInt32(arguments[i].IsArray ? 1 : VariableDefinition.Scalar);
            writer.WriteUInt32s(arguments[i].IsArray ? [0] : []);
            writer.WriteLocalizedText(default);
            bodies[i] = new(new(argumentEncoding), writer.WrittenSpan.ToArray(), ExtensionObjectBody.Binary);
        }

        return Variant.From(new UaArray(BuiltInType.ExtensionObject, bodies));
    }
}

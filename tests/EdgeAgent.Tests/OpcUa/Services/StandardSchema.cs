using System.Globalization;
using System.Xml.Linq;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>
/// The standard's own type dictionary (Opc.Ua.Types.bsd), and where it says that each field of an encoding lies.
/// </summary>
internal sealed class StandardSchema
{
    private static readonly XNamespace Opc = "http://opcfoundation.org/BinarySchema/";

    private readonly Dictionary<string, XElement> _structures;
    private readonly Dictionary<string, Dictionary<string, int>> _enumerations;

    private StandardSchema(XElement root)
    {
        _structures = root.Elements(Opc + "StructuredType").ToDictionary(Name);
        _enumerations = root.Elements(Opc + "EnumeratedType").ToDictionary(Name, type => type
            .Elements(Opc + "EnumeratedValue")
            .ToDictionary(Name, value => int.Parse(value.Attribute("Value")!.Value, CultureInfo.InvariantCulture)));
    }

    public IReadOnlyDictionary<string, Dictionary<string, int>> Enumerations => _enumerations;

    public static StandardSchema Load() => new(XElement.Load(TestPaths.Shared("data/opcua/Opc.Ua.Types.bsd")));

    public bool Knows(string structure) => _structures.ContainsKey(structure);

    /// <summary>Cuts an encoding into the fields that the dictionary names; throws where it is not that long.</summary>
    public IReadOnlyList<(string Field, byte[] Bytes)> Cut(string structure, byte[] bytes)
    {
        var reader = new UaReader(bytes, DecodingLimits.Default);
        var fields = new List<(string, byte[])>();
        foreach (var field in FieldsOf(structure))
        {
            var start = reader.Position;
            Skip(ref reader, field);
            fields.Add((field.Name, bytes[start..reader.Position]));
        }

        reader.ExpectEnd();
        return fields;
    }

    private static string Name(XElement element) => element.Attribute("Name")!.Value;

    // A field that holds the length of another is part of that array.
    private List<Field> FieldsOf(string structure)
    {
        var elements = _structures[structure].Elements(Opc + "Field").ToList();
        var lengths = elements.Select(element => element.Attribute("LengthField")?.Value).ToHashSet();
        return
        [
            .. elements.Where(element => !lengths.Contains(Name(element))).Select(element => new Field(
                Name(element), element.Attribute("TypeName")!.Value, element.Attribute("LengthField") is not null)),
        ];
    }

    private void Skip(ref UaReader reader, Field field)
    {
        var count = field.IsArray ? reader.ReadInt32() : 1;
        for (; count > 0; count--)
        {
            SkipOne(ref reader, field.Type);
        }
    }

    private void SkipOne(ref UaReader reader, string type)
    {
        switch (type)
        {
            case "opc:Boolean" or "opc:Byte" or "opc:SByte":
                reader.ReadByte();
                break;
            case "opc:Int16" or "opc:UInt16":
                reader.ReadUInt16();
                break;
            case "opc:Int32" or "opc:UInt32" or "opc:Float" or "ua:StatusCode":
                reader.ReadUInt32();
                break;
            case "opc:Int64" or "opc:UInt64" or "opc:Double" or "opc:DateTime":
                reader.ReadUInt64();
                break;
            case "opc:Guid":
                reader.ReadGuid();
                break;
            case "opc:String" or "opc:CharArray" or "opc:ByteString" or "ua:XmlElement":
                reader.SkipByteString(out _);
                break;
            case "ua:NodeId":
                reader.ReadNodeId();
                break;
            case "ua:ExpandedNodeId":
                reader.ReadExpandedNodeId();
                break;
            case "ua:QualifiedName":
                reader.ReadQualifiedName();
                break;
            case "ua:LocalizedText":
                reader.ReadLocalizedText();
                break;
            case "ua:ExtensionObject":
                reader.ReadExtensionObject();
                break;
            case "ua:DataValue":
                reader.ReadDataValue();
                break;
            case "ua:Variant":
                reader.ReadVariant();
                break;
            case "ua:DiagnosticInfo":
                reader.ReadDiagnosticInfo();
                break;
            case var own when own.StartsWith("tns:", StringComparison.Ordinal) && _enumerations.ContainsKey(own[4..]):
                reader.ReadInt32();
                break;
            case var own when own.StartsWith("tns:", StringComparison.Ordinal):
                foreach (var field in FieldsOf(own[4..]))
                {
                    Skip(ref reader, field);
                }

                break;
            default:
                throw new NotSupportedException(type);
        }
    }

    private sealed record Field(string Name, string Type, bool IsArray);
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.Tests.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>The structures are those of the standard: ids, fields, order, types and enumerations.</summary>
public sealed class StandardSchemaTests
{
    public static TheoryData<string> Names => [.. Structures.All.Select(type => type.Name)];

    [Fact]
    public void Encoding_ids_are_those_of_the_table()
    {
        var ids = File.ReadLines(TestPaths.Shared("data/opcua/NodeIds.csv"))
            .Select(line => line.Split(','))
            .Where(cells => cells[0].EndsWith("_Encoding_DefaultBinary", StringComparison.Ordinal))
            .ToDictionary(cells => cells[0], cells => uint.Parse(cells[1], CultureInfo.InvariantCulture));
        Assert.All(Structures.ByEncodingId, pair =>
            Assert.Equal(ids[$"{pair.Value.Name}_Encoding_DefaultBinary"], pair.Key));
    }

    [Fact]
    public void Attribute_ids_are_those_of_the_table()
    {
        var table = File.ReadLines(TestPaths.Shared("data/opcua/AttributeIds.csv"))
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => uint.Parse(cells[1], CultureInfo.InvariantCulture));
        var ours = typeof(AttributeIds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => field.Name, field => (uint)field.GetRawConstantValue()!);
        Assert.Equal(table.OrderBy(row => row.Value), ours.OrderBy(row => row.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fields_are_those_of_the_type_dictionary_in_its_order(string name)
    {
        var type = Structures.All.Single(type => type.Name == name);
        var schema = StandardSchema.Load();
        Assert.True(schema.Knows(name), $"{name} is no structure of the standard");
        var values = new RandomValues(name.Length);
        for (var i = 0; i < 10; i++)
        {
            var instance = values.Structure(type);
            var expected = RandomValues.Properties(type)
                .ToDictionary(property => property.Name, property =>
                    Encode(property.GetValue(instance), property.PropertyType));
            var actual = schema.Cut(name, Structures.Encode(instance));
            Assert.Equal(expected.Count, actual.Count);
            Assert.All(actual, field => Assert.Equal(expected[field.Field], field.Bytes));
        }
    }

    [Fact]
    public void Enumerations_have_the_values_of_the_type_dictionary()
    {
        var schema = StandardSchema.Load();
        var checkedTypes = 0;
        foreach (var type in typeof(ReadRequest).Assembly.GetTypes()
            .Where(type => type.IsEnum && type.Namespace == typeof(ReadRequest).Namespace))
        {
            var ours = Enum.GetValuesAsUnderlyingType(type).Cast<int>()
                .ToDictionary(value => Enum.GetName(type, value)!, value => value);
            var standard = schema.Enumerations[type.Name];
            Assert.All(ours, pair => Assert.Equal(standard[pair.Key], pair.Value));
            checkedTypes++;
        }

        Assert.True(checkedTypes >= 12, $"{checkedTypes} enumerations");
    }

    // By the property's type alone, without a look at the structure's own Encode.
    private static byte[] Encode(object? value, Type type)
    {
        var writer = new UaWriter();
        Write(writer, value, type);
        return writer.WrittenSpan.ToArray();
    }

    private static void Write(UaWriter writer, object? value, Type type)
    {
        if (type.IsGenericType)
        {
            var list = (IList)value!;
            writer.WriteInt32(list.Count);
            foreach (var item in list)
            {
                Write(writer, item, type.GetGenericArguments()[0]);
            }

            return;
        }

        switch (value)
        {
            case null when type == typeof(DiagnosticInfo):
                writer.WriteDiagnosticInfo(null);
                break;
            case null:
                writer.WriteInt32(-1);
                break;
            case Enum number:
                writer.WriteInt32(((IConvertible)number).ToInt32(null));
                break;
            case bool x:
                writer.WriteBoolean(x);
                break;
            case byte x:
                writer.WriteByte(x);
                break;
            case int x:
                writer.WriteInt32(x);
                break;
            case uint x:
                writer.WriteUInt32(x);
                break;
            case long x:
                writer.WriteInt64(x);
                break;
            case double x:
                writer.WriteDouble(x);
                break;
            case string x:
                writer.WriteString(x);
                break;
            case byte[] x:
                writer.WriteByteString(x);
                break;
            case UaDateTime x:
                writer.WriteDateTime(x);
                break;
            case StatusCode x:
                writer.WriteStatusCode(x);
                break;
            case NodeId x:
                writer.WriteNodeId(x);
                break;
            case ExpandedNodeId x:
                writer.WriteExpandedNodeId(x);
                break;
            case QualifiedName x:
                writer.WriteQualifiedName(x);
                break;
            case LocalizedText x:
                writer.WriteLocalizedText(x);
                break;
            case ExtensionObject x:
                writer.WriteExtensionObject(x);
                break;
            case DataValue x:
                writer.WriteDataValue(x);
                break;
            case Variant x:
                writer.WriteVariant(x);
                break;
            case DiagnosticInfo x:
                writer.WriteDiagnosticInfo(x);
                break;
            default:
                writer.WriteBytes(Structures.Encode(value));
                break;
        }
    }
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Tests.OpcUa.Structures;

/// <summary>The data types of a machine as its server would show them, and values of them, written by hand.</summary>
internal static class Plant
{
    public static readonly DecodingLimits Limits = DecodingLimits.Default;

    public static readonly NodeId State = new(2, 1);
    public static readonly NodeId Vector = new(2, 2);
    public static readonly NodeId Axis = new(2, 3);
    public static readonly NodeId Machine = new(2, 4);
    public static readonly NodeId Alarm = new(2, 5);
    public static readonly NodeId Choice = new(2, 6);
    public static readonly NodeId Carrier = new(2, 7);
    public static readonly NodeId Tree = new(2, 8);
    public static readonly NodeId Temperature = new(2, 9);
    public static readonly NodeId Flags = new(2, 10);
    public static readonly NodeId Base = new(2, 11);

    private static readonly NodeId Double = new(11);

    public static TypeTableBuilder Builder()
    {
        var builder = new TypeTableBuilder();
        builder.Add(new() { Id = Temperature, Name = "Temperature", SuperType = Double });
        builder.Add(new()
        {
            Id = State,
            Name = "State",
            SuperType = new(29),
            Definition = Definition(new EnumDefinition
            {
                Fields = [new() { Value = 0, Name = "Off" }, new() { Value = 3, DisplayName = new(null, "运行") }],
            }),
        });
        builder.Add(new()
        {
            Id = Flags,
            Name = "Flags",
            SuperType = new(5),
            Definition = Definition(new EnumDefinition { Fields = [new() { Value = 1, Name = "Ready" }] }),
        });
        Add(builder, Vector, StructureType.Structure, ("X", Double, -1), ("Y", new(10), -1));
        Add(builder, Axis, StructureType.Structure, ("Name", new(12), -1), ("Position", Temperature, -1),
            ("Offset", Vector, -1));
        Add(
            builder, Machine, StructureType.Structure, ("Serial", new(12), -1), ("State", State, -1), ("Axis", Axis, 1),
            ("Corners", Vector, 1), ("Grid", Double, 2), ("Extra", new(24), -1), ("Flags", Flags, -1),
                ("Last", new(7), -1));
        Add(builder, Alarm, StructureType.StructureWithOptionalFields, ("Code", new(7), -1), ("?Text", new(12), -1),
            ("?Level", new(3), -1));
        Add(builder, Choice, StructureType.Union, ("Number", Double, -1), ("Where", Vector, -1), ("Names", new(12), 1));
        Add(
            builder, Carrier, StructureType.StructureWithSubtypedValues, ("?Any", Base, -1), ("Exact", Vector, -1),
            ("Number", new(26), -1));
        Add(builder, Tree, StructureType.Structure, ("Value", new(6), -1), ("Children", Tree, 1));
        builder.Add(new()
        {
            Id = Base,
            Name = "Base",
            SuperType = new(22),
            IsAbstract = true,
            Definition = Definition(new StructureDefinition { BaseDataType = new(22) }),
        });
        return builder;
    }

    /// <summary>The id of the encoding of a data type of this plant.</summary>
    public static NodeId EncodingOf(NodeId dataType) => new(2, dataType.Numeric + 1_000);

    public static Variant Value(NodeId dataType, Action<UaWriter> write)
    {
        var writer = new UaWriter();
        write(writer);
        return Variant.From(
            new ExtensionObject(EncodingOf(dataType), writer.WrittenSpan.ToArray(), ExtensionObjectBody.Binary));
    }

    /// <summary>A machine with two axes, three corners, and a grid of two by three.</summary>
    public static Variant AMachine() => Value(Machine, writer =>
    {
        writer.WriteString("S/N 1");
        writer.WriteInt32(3);
        writer.WriteInt32(2);
        WriteAxis(writer, "x", 1.5, 10);
        WriteAxis(writer, "横", 2.5, 20);
        writer.WriteInt32(3);
        WriteVector(writer, 1);
        WriteVector(writer, 2);
        WriteVector(writer, 3);
        writer.WriteInt32s([2, 3]);
        for (var i = 0; i < 6; i++)
        {
            writer.WriteDouble(i);
        }

        writer.WriteVariant(Variant.From(new UaArray(BuiltInType.Int16, new short[] { 7, 8 })));
        writer.WriteUInt16(1);
        writer.WriteUInt32(99);
    });

    public static void WriteVector(UaWriter writer, double x)
    {
        writer.WriteDouble(x);
        writer.WriteFloat((float)x / 2);
    }

    public static void WriteAxis(UaWriter writer, string name, double position, double offset)
    {
        writer.WriteString(name);
        writer.WriteDouble(position);
        WriteVector(writer, offset);
    }

    public static Variant Definition<T>(T definition)
        where T : class, IUaEncodable<T> => Variant.From(ExtensionObject.Of(definition));

    // A question mark before a name makes the field optional, or open to subtypes.
    public static void Add(
        TypeTableBuilder builder, NodeId id, StructureType type,
            params (string Name, NodeId Type, int Rank)[] fields) =>
        builder.Add(new()
        {
            Id = id,
            Name = $"Type{id.Numeric}",
            SuperType = new(22),
            Definition = Definition(new StructureDefinition
            {
                DefaultEncodingId = EncodingOf(id),
                BaseDataType = new(22),
                StructureType = type,
                Fields = [.. fields.Select(field => new StructureField
                {
                    Name = field.Name.TrimStart('?'),
                    DataType = field.Type,
                    ValueRank = field.Rank,
                    IsOptional = field.Name[0] == '?',
                })],
            }),
        });
}

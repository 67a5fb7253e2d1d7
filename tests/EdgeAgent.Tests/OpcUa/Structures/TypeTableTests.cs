using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Tests.OpcUa.Structures;

public sealed class TypeTableTests
{
    [Fact]
    public void A_structure_is_decoded_field_by_field()
    {
        var machine = Decode(Plant.AMachine());
        Assert.Equal(("Type4", Plant.Machine), (machine.Name, machine.DataType));
        Assert.Equal(
            ["Serial", "State", "Axis", "Corners", "Grid", "Extra", "Flags", "Last"],
                machine.Fields.Select(field => field.Name));
        Assert.Equal(Variant.From("S/N 1"), machine["Serial"]);
        Assert.Equal(Variant.From(3), machine["State"]);
        Assert.Equal([2, 3], machine["Grid"]!.Value.Array!.Dimensions!);
        Assert.Equal(Variant.From((ushort)1), machine["Flags"]);
        Assert.Null(machine["Missing"]);
        var axis = Decode(machine["Axis"]!.Value.Array![1]);
        Assert.Equal(Variant.From("横"), axis["Name"]);
        Assert.Equal(Variant.From(20d), Decode(axis["Offset"]!.Value)["X"]);
    }

    [Fact]
    public void Fields_left_out_and_fields_not_chosen_are_missing()
    {
        var alarm = Decode(Plant.Value(Plant.Alarm, writer =>
        {
            writer.WriteUInt32(1);
            writer.WriteUInt32(17);
            writer.WriteString("hot");
        }));
        Assert.Equal(["Code", "Text"], alarm.Fields.Select(field => field.Name));
        var choice = Decode(Plant.Value(Plant.Choice, writer =>
        {
            writer.WriteUInt32(3);
            writer.WriteStrings(["a", null]);
        }));
        Assert.Equal(new UaArray(BuiltInType.String, new[] { "a", null }), Assert.Single(choice.Fields).Value.Array);
        Assert.Empty(Decode(Plant.Value(Plant.Choice, writer => writer.WriteUInt32(0))).Fields);
    }

    [Fact]
    public void A_value_is_shown_with_the_names_of_its_fields_and_the_texts_of_enumerations()
    {
        var types = Plant.Builder().Build();
        Assert.Equal(
            "{Serial: \"S/N 1\", State: 3 (运行), Axis: [{Name: \"x\", Position: 1.5, Offset: {X: 10, Y: 5}}, "
            + "{Name: \"横\", Position: 2.5, Offset: {X: 20, Y: 10}}], "
            + "Corners: [{X: 1, Y: 0.5}, {X: 2, Y: 1}, {X: 3, Y: 1.5}], "
            + "Grid: [0, 1, 2, 3, 4, 5], Extra: [7, 8], Flags: 1 (Ready), Last: 99}",
            types.Format(Plant.AMachine(), default, Plant.Limits));
        Assert.Equal("0 (Off)", types.Format(Variant.From(0), Plant.State, Plant.Limits));
        Assert.Equal("7", types.Format(Variant.From(7), Plant.State, Plant.Limits));
        Assert.Equal("text", types.Format(Variant.From("text"), default, Plant.Limits));
        Assert.Equal(
            "ns=9;i=1 (3 bytes, BadDataTypeIdUnknown)",
            types.Format(Variant.From(new ExtensionObject(new(9, 1), new byte[3], ExtensionObjectBody.Binary)), default,
                Plant.Limits));
    }

    // Each ExtensionObject within another is decoded on its own: no reader counts how deep they lie.
    [Fact]
    public void Extension_objects_within_each_other_do_not_exhaust_the_stack()
    {
        var types = Plant.Builder();
        Plant.Add(types, new(2, 20), StructureType.StructureWithSubtypedValues, ("?Next", Plant.Base, -1));
        var body = Array.Empty<byte>();
        for (var depth = 0; depth < 5_000; depth++)
        {
            var writer = new UaWriter();
            writer.WriteExtensionObject(new(Plant.EncodingOf(new(2, 20)), body, ExtensionObjectBody.Binary));
            body = writer.WrittenSpan.ToArray();
        }

        var value = Variant.From(new ExtensionObject(Plant.EncodingOf(new(2, 20)), body, ExtensionObjectBody.Binary));
        Assert.Contains("Next: …", types.Build().Format(value, default, Plant.Limits), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_for_people_is_bounded()
    {
        var value =
            Variant.From(new UaArray(BuiltInType.String, Enumerable.Repeat(new string('x', 3_000), 8).ToArray()));
        Assert.Equal(4_097, TypeTable.Empty.Format(value, default, Plant.Limits).Length);
    }

    [Fact]
    public void What_fields_and_supertypes_refer_to_is_unknown_until_it_is_added()
    {
        var builder = new TypeTableBuilder();
        Plant.Add(
            builder, Plant.Axis, StructureType.Structure, ("A", Plant.Vector, -1), ("B", new(11), -1),
                ("C", new(290), -1),
            ("D", Plant.Vector, 1));
        Assert.Equal([Plant.Vector], builder.Unknown);
        Assert.False(builder.Build().Knows(Plant.EncodingOf(Plant.Axis)));
        Plant.Add(builder, Plant.Vector, StructureType.Structure, ("X", Plant.Temperature, -1));
        Assert.Equal([Plant.Temperature], builder.Unknown);
        builder.Add(new() { Id = Plant.Temperature, Name = "Temperature", SuperType = Plant.State });
        Assert.Equal([Plant.State], builder.Unknown);
        builder.Add(new() { Id = Plant.State, Name = "State", SuperType = new(11) });
        Assert.Empty(builder.Unknown);
        Assert.True(builder.Build().Knows(Plant.EncodingOf(Plant.Axis)));
    }

    [Fact]
    public void A_structure_with_an_unknown_type_within_says_which()
    {
        var builder = new TypeTableBuilder();
        Plant.Add(builder, Plant.Axis, StructureType.Structure, ("Offset", Plant.Vector, -1));
        var value = Plant.Value(Plant.Axis, writer => Plant.WriteVector(writer, 1));
        var error =
            Assert.Throws<OpcUaException>(() => builder.Build().Decode((ExtensionObject)value.Object!, Plant.Limits));
        Assert.Equal(StatusCodes.BadDataTypeIdUnknown, error.Status.Value);
        Assert.Contains("the data type ns=2;i=2 of Type3.Offset is not known", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StructureType.Structure, -3, "has the value rank -3")]
    [InlineData(StructureType.Structure, 0, "has the value rank 0")]
    [InlineData((StructureType)9, -1, "has the structure type 9")]
    public void A_definition_that_cannot_be_is_a_reason_not_to_decode(StructureType type, int rank, string message)
    {
        var builder = new TypeTableBuilder();
        Plant.Add(builder, Plant.Axis, type, ("A", new(11), rank));
        var value = (ExtensionObject)Plant.Value(Plant.Axis, writer => writer.WriteDouble(1)).Object!;
        Assert.Contains(
            message,
            Assert.Throws<OpcUaException>(() => builder.Build().Decode(value, Plant.Limits)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_two_fields_may_be_optional_and_no_more()
    {
        foreach (var count in new[] { 32, 33 })
        {
            var builder = new TypeTableBuilder();
            Plant.Add(
                builder, Plant.Axis, StructureType.StructureWithOptionalFields,
                [.. Enumerable.Range(0, count).Select(i => ($"?F{i}", new NodeId(3), -1))]);
            Assert.Equal(count == 32, builder.Build().Knows(Plant.EncodingOf(Plant.Axis)));
        }
    }

    [Fact]
    public void Two_types_with_one_encoding_cannot_be_told_apart()
    {
        var builder = Plant.Builder();
        builder.Add(new()
        {
            Id = new(2, 50),
            Name = "Copy",
            Definition =
                Plant.Definition(new StructureDefinition { DefaultEncodingId = Plant.EncodingOf(Plant.Vector) }),
        });
        Assert.False(builder.Build().Knows(Plant.EncodingOf(Plant.Vector)));
    }

    [Fact]
    public void A_circle_of_supertypes_ends()
    {
        var builder = new TypeTableBuilder();
        builder.Add(new() { Id = Plant.State, Name = "A", SuperType = Plant.Flags });
        builder.Add(new() { Id = Plant.Flags, Name = "B", SuperType = Plant.State });
        Plant.Add(builder, Plant.Axis, StructureType.Structure, ("A", Plant.State, -1));
        Assert.False(builder.Build().Knows(Plant.EncodingOf(Plant.Axis)));
    }

    [Fact]
    public void A_structure_that_contains_itself_without_end_is_refused_when_it_comes()
    {
        var builder = new TypeTableBuilder();
        Plant.Add(builder, Plant.Axis, StructureType.Structure, ("Self", Plant.Axis, -1));
        var error = Assert.Throws<OpcUaException>(() => builder.Build().Decode(
            (ExtensionObject)Plant.Value(Plant.Axis, _ => { }).Object!, Plant.Limits));
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, error.Status.Value);
    }

    // Elements without a byte could be claimed by the billion for four bytes each time.
    [Fact]
    public void Arrays_of_structures_without_fields_are_bounded_by_the_bytes_left()
    {
        var builder = new TypeTableBuilder();
        Plant.Add(builder, Plant.Vector, StructureType.Structure);
        Plant.Add(builder, Plant.Axis, StructureType.Structure, ("Nothing", Plant.Vector, 1));
        Plant.Add(builder, Plant.Machine, StructureType.Structure, ("Rows", Plant.Axis, 1), ("Last", new(6), -1));
        var value = Plant.Value(Plant.Machine, writer =>
        {
            writer.WriteInt32(100_000);
            for (var i = 0; i < 100_000; i++)
            {
                writer.WriteInt32(262_144);
            }

            writer.WriteInt32(5);
        });
        Assert.Equal(
            StatusCodes.BadDecodingError,
                FieldPath.Parse("Last").Read(value, builder.Build(), Plant.Limits).Status.Value);
        var error = Assert.Throws<OpcUaException>(() => builder.Build().Decode(
            (ExtensionObject)Plant.Value(Plant.Axis, writer => writer.WriteInt32(262_144)).Object!, Plant.Limits));
        Assert.Equal(StatusCodes.BadDecodingError, error.Status.Value);
    }

    [Fact]
    public void Too_many_types_are_refused()
    {
        var builder = new TypeTableBuilder();
        for (var i = 0u; i < TypeTableBuilder.TypesMax; i++)
        {
            builder.Add(new() { Id = new(2, i + 1), Name = "T", SuperType = new(2, i + 2) });
        }

        Assert.Empty(builder.Unknown);
        Assert.Throws<OpcUaException>(() => builder.Add(new() { Id = new(3, 1), Name = "T" }));
    }

    [Fact]
    public void The_texts_of_an_enumeration_come_in_three_forms()
    {
        var strings = Variant.From(new UaArray(
            BuiltInType.LocalizedText, new LocalizedText[] { new("en", "Off"), new(null, null), new("en", "On") }));
        var byIndex = EnumerationTexts.From(strings, Plant.Limits);
        Assert.Equal(("Off", null, "On"), (byIndex.TextOf(0), byIndex.TextOf(1), byIndex.TextOf(2)));
        var values = Variant.From(new UaArray(BuiltInType.ExtensionObject, new[]
        {
            ExtensionObject.Of(new EnumValueType { Value = -7, DisplayName = new(null, "Cold") }),
            new ExtensionObject(new(1), new byte[3], ExtensionObjectBody.Binary),
        }));
        Assert.Equal("Cold", EnumerationTexts.From(values, Plant.Limits).TextOf(-7));
        var definition =
            new EnumDefinition { Fields = [new() { Value = 4, Name = "N", DisplayName = new(null, "D") }] };
        Assert.Equal("N", EnumerationTexts.From(definition).TextOf(4));
        Assert.Equal(0, EnumerationTexts.From(Variant.From(1.5), Plant.Limits).Count);
    }

    [Fact]
    public void An_enumeration_known_by_its_texts_alone_is_an_int32()
    {
        var builder = new TypeTableBuilder();
        builder.Add(new()
        {
            Id = Plant.State,
            Name = "State",
            EnumTexts = Variant.From(new UaArray(BuiltInType.LocalizedText, new LocalizedText[] { new(null, "Off") })),
        });
        Plant.Add(builder, Plant.Axis, StructureType.Structure, ("State", Plant.State, -1));
        var value = Plant.Value(Plant.Axis, writer => writer.WriteInt32(0));
        Assert.Equal("{State: 0 (Off)}", builder.Build().Format(value, default, Plant.Limits));
    }

    [Fact]
    public void A_malformed_definition_is_refused_when_it_is_added()
    {
        var definition = Variant.From(new ExtensionObject(new(122), new byte[] { 9 }, ExtensionObjectBody.Binary));
        Assert.Throws<OpcUaException>(() =>
            new TypeTableBuilder().Add(new() { Id = Plant.Axis, Name = "Axis", Definition = definition }));
    }

    // Definitions come from the server as well: types that contain each other, unknown ones, ranks and kinds at random.
    [Fact]
    public void No_definitions_and_no_bytes_do_more_than_refuse()
    {
        var random = new Random(17);
        for (var round = 0; round < 5_000; round++)
        {
            var builder = Plant.Builder();
            NodeId Any() =>
                random.Next(3) == 0 ? new NodeId((uint)random.Next(1, 32)) : new NodeId(2, (uint)random.Next(1, 26));
            for (var i = 20u; i < 25; i++)
            {
                Plant.Add(
                    builder, new(2, i), (StructureType)random.Next(6),
                    [.. Enumerable.Range(0, random.Next(5)).Select(n =>
                        ($"{(random.Next(3) == 0 ? "?" : "")}F{n}", Any(), random.Next(4) == 0 ? random.Next(4)
                            : -1))]);
            }

            var types = builder.Build();
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            for (var sparse = random.Next(bytes.Length + 1); sparse > 0; sparse--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(3);
            }

            var value = new ExtensionObject(
                Plant.EncodingOf(new(2, (uint)random.Next(20, 25))), bytes, ExtensionObjectBody.Binary);
            types.Format(Variant.From(value), default, Plant.Limits);
            FieldPath.Parse("F1").Read(Variant.From(value), types, Plant.Limits);
        }
    }

    private static StructureValue Decode(Variant value) =>
        Plant.Builder().Build().Decode((ExtensionObject)value.Object!, Plant.Limits);
}

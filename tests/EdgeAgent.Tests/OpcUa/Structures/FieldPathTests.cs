using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Structures;
using EdgeAgent.Tests.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Structures;

public sealed class FieldPathTests
{
    private static readonly TypeTable Types = Plant.Builder().Build();

    [Theory]
    [InlineData("Serial", "S/N 1")]
    [InlineData("State", "3")]
    [InlineData("Axis[0].Position", "1.5")]
    [InlineData("Axis[1].Name", "横")]
    [InlineData("Axis[1].Offset.X", "20")]
    [InlineData("Axis[1].Offset.Y", "10")]
    [InlineData("Corners[2].X", "3")]
    [InlineData("Grid[0,0]", "0")]
    [InlineData("Grid[1,2]", "5")]
    [InlineData("Grid", "Double[2×3] [0, 1, 2, 3, 4, 5]")]
    [InlineData("Extra[1]", "8")]
    [InlineData("Extra", "Int16[2] [7, 8]")]
    [InlineData("Flags", "1")]
    [InlineData("Last", "99")]
    public void A_path_leads_to_its_value(string path, string expected)
    {
        var found = Read(path, Plant.AMachine());
        Assert.Equal(StatusCodes.Good, found.Status.Value);
        Assert.Equal(expected, found.Value.ToString());
    }

    [Theory]
    [InlineData("Axis[2].Position", StatusCodes.BadIndexRangeNoData)]
    [InlineData("Grid[2,0]", StatusCodes.BadIndexRangeNoData)]
    [InlineData("Grid[0,3]", StatusCodes.BadIndexRangeNoData)]
    [InlineData("Grid[0]", StatusCodes.BadTypeMismatch)]
    [InlineData("Axis[0,0]", StatusCodes.BadTypeMismatch)]
    [InlineData("Axis.Position", StatusCodes.BadTypeMismatch)]
    [InlineData("axis[0]", StatusCodes.BadTypeMismatch)]
    [InlineData("Serial[0]", StatusCodes.BadTypeMismatch)]
    [InlineData("Serial.X", StatusCodes.BadTypeMismatch)]
    [InlineData("[0]", StatusCodes.BadTypeMismatch)]
    [InlineData("Extra.X", StatusCodes.BadTypeMismatch)]
    [InlineData("Extra[2]", StatusCodes.BadIndexRangeNoData)]
    public void A_path_that_does_not_fit_the_value_says_why(string path, uint status) =>
        Assert.Equal(status, Read(path, Plant.AMachine()).Status.Value);

    [Fact]
    public void What_is_found_names_its_data_type()
    {
        var found = Read("State", Plant.AMachine());
        Assert.Equal(Plant.State, found.DataType);
        Assert.Equal("运行", Types.TextOf(found.DataType, found.Value.AsInt64()!.Value));
        Assert.Equal(new NodeId(4), Read("Extra[0]", Plant.AMachine()).DataType);
    }

    [Fact]
    public void A_structure_within_is_an_extension_object_and_can_be_followed_further()
    {
        var axis = Read("Axis[1]", Plant.AMachine());
        Assert.Equal(Plant.EncodingOf(Plant.Axis), ((ExtensionObject)axis.Value.Object!).TypeId);
        Assert.Equal(Variant.From(20d), Read("Offset.X", axis.Value).Value);
        var all = Read("Axis", Plant.AMachine());
        Assert.Equal(Variant.From(10d), Read("[0].Offset.X", all.Value).Value);
    }

    [Fact]
    public void Optional_fields_that_are_left_out_are_not_found()
    {
        var value = Plant.Value(Plant.Alarm, writer =>
        {
            writer.WriteUInt32(2);
            writer.WriteUInt32(17);
            writer.WriteByte(4);
        });
        Assert.Equal(Variant.From(17u), Read("Code", value).Value);
        Assert.Equal(Variant.From((byte)4), Read("Level", value).Value);
        Assert.Equal(StatusCodes.BadNotFound, Read("Text", value).Status.Value);
    }

    [Fact]
    public void Bits_that_the_definition_does_not_have_are_malformed()
    {
        var value = Plant.Value(Plant.Alarm, writer =>
        {
            writer.WriteUInt32(4);
            writer.WriteUInt32(17);
        });
        Assert.Equal(StatusCodes.BadDecodingError, Read("Code", value).Status.Value);
    }

    [Fact]
    public void Of_a_union_only_the_chosen_field_is_found()
    {
        var value = Plant.Value(Plant.Choice, writer =>
        {
            writer.WriteUInt32(2);
            Plant.WriteVector(writer, 8);
        });
        Assert.Equal(Variant.From(8d), Read("Where.X", value).Value);
        Assert.Equal(StatusCodes.BadNotFound, Read("Number", value).Status.Value);
        Assert.Equal(
            StatusCodes.BadNotFound,
                Read("Number", Plant.Value(Plant.Choice, writer => writer.WriteUInt32(0))).Status.Value);
        Assert.Equal(
            StatusCodes.BadDecodingError,
                Read("Number", Plant.Value(Plant.Choice, writer => writer.WriteUInt32(4))).Status.Value);
    }

    [Fact]
    public void Fields_open_to_subtypes_hold_what_they_say_they_hold()
    {
        var value = Plant.Value(Plant.Carrier, writer =>
        {
            writer.WriteExtensionObject((ExtensionObject)Plant.Value(Plant.Axis, inner =>
                Plant.WriteAxis(inner, "x", 4.5, 6)).Object!);
            Plant.WriteVector(writer, 9);
            writer.WriteVariant(Variant.From(-5));
        });
        Assert.Equal(Variant.From(4.5), Read("Any.Position", value).Value);
        Assert.Equal(Variant.From(9d), Read("Exact.X", value).Value);
        Assert.Equal(Variant.From(-5), Read("Number", value).Value);
    }

    [Fact]
    public void Arrays_matrices_and_variants_outside_structures_are_followed()
    {
        var numbers = Variant.From(new UaArray(BuiltInType.Double, new[] { 1d, 2, 3, 4 }));
        Assert.Equal(Variant.From(3d), Read("[2]", numbers).Value);
        Assert.Equal(StatusCodes.BadIndexRangeNoData, Read("[4]", numbers).Status.Value);
        var matrix = Variant.From(new UaArray(BuiltInType.Double, new[] { 1d, 2, 3, 4 }, [2, 2]));
        Assert.Equal(Variant.From(3d), Read("[1,0]", matrix).Value);
        Assert.Equal(StatusCodes.BadTypeMismatch, Read("[1]", matrix).Status.Value);
        var variants =
            Variant.From(new UaArray(BuiltInType.Variant, new[] { Variant.From("a"), numbers, Plant.AMachine() }));
        Assert.Equal(Variant.From(4d), Read("[1][3]", variants).Value);
        Assert.Equal(Variant.From(99u), Read("[2].Last", variants).Value);
        Assert.Equal(StatusCodes.BadTypeMismatch, Read("[0][0]", variants).Status.Value);
        Assert.Equal(StatusCodes.BadNotFound, Read("[0]", default).Status.Value);
    }

    [Fact]
    public void Structures_that_are_not_known_are_said_to_be()
    {
        var value = Variant.From(new ExtensionObject(new(3, 1), new byte[8], ExtensionObjectBody.Binary));
        Assert.Equal(StatusCodes.BadDataTypeIdUnknown, Read("X", value).Status.Value);
        var xml =
            Variant.From(new ExtensionObject(Plant.EncodingOf(Plant.Vector), new byte[8], ExtensionObjectBody.Xml));
        Assert.Equal(StatusCodes.BadDataEncodingUnsupported, Read("X", xml).Status.Value);
        var none = Variant.From(new ExtensionObject(Plant.EncodingOf(Plant.Vector), default, ExtensionObjectBody.None));
        Assert.Equal(StatusCodes.BadNotFound, Read("X", none).Status.Value);
    }

    // A field far from the end could be read from a body of another structure just as well, and would lie.
    [Fact]
    public void A_body_longer_or_shorter_than_the_definition_gives_no_field_at_all()
    {
        foreach (var length in new[] { 11, 13 })
        {
            var value = Variant.From(
                new ExtensionObject(Plant.EncodingOf(Plant.Vector), new byte[length], ExtensionObjectBody.Binary));
            Assert.Equal(StatusCodes.BadDecodingError, Read("X", value).Status.Value);
        }
    }

    [Fact]
    public void Structures_within_themselves_are_bounded()
    {
        static void Write(UaWriter writer, int depth)
        {
            writer.WriteInt32(depth);
            writer.WriteInt32(depth == 0 ? 0 : 1);
            if (depth > 0)
            {
                Write(writer, depth - 1);
            }
        }

        Assert.Equal(Variant.From(28),
            Read("Children[0].Children[0].Value", Plant.Value(Plant.Tree, w => Write(w, 30))).Value);
        Assert.Equal(
            StatusCodes.BadEncodingLimitsExceeded,
            Read("Children[0].Value", Plant.Value(Plant.Tree, w => Write(w, 10_000))).Status.Value);
    }

    [Theory]
    [InlineData("Axis[1].Position")]
    [InlineData("Grid[1,1]")]
    [InlineData("State")]
    [InlineData("Last")]
    public void A_number_is_read_from_the_columns_without_allocation(string path)
    {
        var values = new ValueColumns();
        var writer = new UaWriter();
        writer.WriteDataValue(new(Plant.AMachine()));
        var reader = new UaReader(writer.WrittenSpan, Plant.Limits);
        values.Add(1, ref reader);
        var compiled = FieldPath.Parse(path);
        var found = default(FieldValue);
        Assert.Equal(0, AllocatedBytes.Of(() => found = compiled.Read(values, 0, Types, Plant.Limits)));
        Assert.True(found.Status.IsGood);
    }

    [Fact]
    public void A_row_that_is_a_number_or_nothing_has_no_fields()
    {
        var values = new ValueColumns();
        var writer = new UaWriter();
        writer.WriteDataValue(new(Variant.From(1.5)));
        writer.WriteDataValue(default);
        var reader = new UaReader(writer.WrittenSpan, Plant.Limits);
        values.Add(1, ref reader);
        values.Add(2, ref reader);
        Assert.Equal(StatusCodes.BadTypeMismatch,
            FieldPath.Parse("X").Read(values, 0, Types, Plant.Limits).Status.Value);
        Assert.Equal(StatusCodes.BadNotFound, FieldPath.Parse("X").Read(values, 1, Types, Plant.Limits).Status.Value);
    }

    [Fact]
    public void No_bytes_make_a_path_throw()
    {
        var random = new Random(5);
        var writer = new UaWriter();
        writer.WriteVariant(Plant.AMachine());
        var paths = new[] { "Axis[1].Position", "Grid[1,1]", "Extra[1]", "[0].X",
            "Corners[1]" }.Select(FieldPath.Parse).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = writer.WrittenSpan.ToArray();
            for (var change = random.Next(4); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            paths[i % paths.Length].Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)), Types, Plant.Limits);
        }
    }

    [Theory]
    [InlineData("State")]
    [InlineData("[3]")]
    [InlineData("Axis[2].Position")]
    [InlineData("Matrix[1,2][0].X")]
    [InlineData("\"Motor.1\".Speed")]
    [InlineData("\"a\"\"b[\"[0]")]
    [InlineData("名称.值")]
    public void A_path_is_written_as_it_was_read(string path) => Assert.Equal(path, FieldPath.Parse(path).ToString());

    [Theory]
    [InlineData(null, "1 to 1024 characters")]
    [InlineData("", "1 to 1024 characters")]
    [InlineData(".", "the name of a field is missing at character 1 of .")]
    [InlineData("A.", "the name of a field is missing at character 3")]
    [InlineData("A..B", "the name of a field is missing at character 3")]
    [InlineData("A[", "the [ at character 2 of A[ is not closed")]
    [InlineData("A[]", "[] in A[] is no index")]
    [InlineData("A[-1]", "[-1] in A[-1] is no index")]
    [InlineData("A[1,]", "[1,] in A[1,] is no index")]
    [InlineData("A[ 1]", "is no index")]
    [InlineData("A[99999999999]", "is no index")]
    [InlineData("A[1]B", "after ] comes a point or [, not B")]
    [InlineData("A]", "] at character 2 of A] belongs to no name")]
    [InlineData("A\"B", "at character 2")]
    [InlineData("\"A", "is not closed")]
    [InlineData("\"\"", "is empty")]
    [InlineData("\"A\"B", "after a quoted name")]
    [InlineData("A[1,2,3,4,5,6,7,8,9]", "more than 8 dimensions")]
    public void What_is_no_path_says_where(string? path, string message)
    {
        Assert.False(FieldPath.TryParse(path, out _, out var error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_bounded()
    {
        Assert.True(FieldPath.TryParse(string.Join('.', Enumerable.Repeat("a", 32)), out _, out _));
        Assert.False(FieldPath.TryParse(string.Join('.', Enumerable.Repeat("a", 33)), out _, out var error));
        Assert.Contains("at most 32 steps", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_value_of_any_type_can_be_walked_into()
    {
        var values = new RandomValues(31);
        for (var i = 0; i < 5_000; i++)
        {
            var value = values.Variant();
            var found = Read("[0]", value);
            var expected = value.Array is { Count: > 0, Dimensions: null } array ? array[0] : default;
            Assert.Equal(found.Status.IsGood, value.Array is { Count: > 0, Dimensions: null });
            Assert.Equal(expected, found.Value);
        }
    }

    private static FieldValue Read(string path, Variant value) =>
        FieldPath.Parse(path).Read(value, Types, Plant.Limits);
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Binary;

/// <summary>What is written is read again as it was (Part 6, 5.2.2).</summary>
public sealed class RoundTripTests
{
    private const int Rounds = 300;

    public static TheoryData<BuiltInType> BuiltInTypes =>
        [.. Enum.GetValues<BuiltInType>().Where(type => type != BuiltInType.Null)];

    // A Variant holds Variants only in arrays.
    public static TheoryData<BuiltInType> ScalarTypes =>
        [.. Enum.GetValues<BuiltInType>().Where(type => type is not (BuiltInType.Null or BuiltInType.Variant))];

    [Theory]
    [MemberData(nameof(ScalarTypes))]
    public void Scalars_in_variants_come_back(BuiltInType type)
    {
        var values = new RandomValues((int)type);
        for (var i = 0; i < Rounds; i++)
        {
            AssertComesBack(RandomValues.ToVariant(type, values.Scalar(type)));
        }
    }

    [Theory]
    [MemberData(nameof(BuiltInTypes))]
    public void Arrays_and_matrices_come_back(BuiltInType type)
    {
        var values = new RandomValues(100 + (int)type);
        for (var i = 0; i < Rounds; i++)
        {
            AssertComesBack(Variant.From(values.Array(type)));
        }
    }

    [Fact]
    public void Any_variant_and_any_data_value_comes_back()
    {
        var values = new RandomValues(7);
        for (var i = 0; i < 20 * Rounds; i++)
        {
            AssertComesBack(values.Variant());
            var expected = values.DataValue();
            var writer = new UaWriter();
            writer.WriteDataValue(expected);
            var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
            Assert.Equal(expected, reader.ReadDataValue());
            reader.ExpectEnd();
        }
    }

    [Fact]
    public void What_is_passed_over_is_as_long_as_what_is_read()
    {
        var values = new RandomValues(8);
        var writer = new UaWriter();
        for (var i = 0; i < 20 * Rounds; i++)
        {
            writer.Reset();
            writer.WriteVariant(values.Variant());
            var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
            reader.SkipVariant();
            reader.ExpectEnd();
        }
    }

    [Fact]
    public void Passing_over_values_allocates_nothing()
    {
        var values = new RandomValues(9);
        var writer = new UaWriter();
        for (var i = 0; i < Rounds; i++)
        {
            writer.WriteVariant(values.Variant());
        }

        var bytes = AllocatedBytes.Of(() =>
        {
            var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
            while (reader.Remaining > 0)
            {
                reader.SkipVariant();
            }
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(BuiltInType.Boolean, "01", "true")]
    [InlineData(BuiltInType.Boolean, "07", "true")]
    [InlineData(BuiltInType.Int32, "00CA9A3B", "1000000000")]
    [InlineData(BuiltInType.Float, "0000D0C0", "-6.5")]
    [InlineData(BuiltInType.String, "06000000E6B0B4426F79", "水Boy")]
    [InlineData(BuiltInType.String, "FFFFFFFF", "null")]
    [InlineData(BuiltInType.Guid, "912B967275FAE64A8D28B404DC7DAF63", "72962b91-fa75-4ae6-8d28-b404dc7daf63")]
    [InlineData(BuiltInType.NodeId, "0048", "i=72")]
    [InlineData(BuiltInType.NodeId, "01050104", "ns=5;i=1025")]
    [InlineData(BuiltInType.NodeId, "02010015CD5B07", "ns=1;i=123456789")]
    [InlineData(BuiltInType.NodeId, "03010006000000486F74E6B0B4", "ns=1;s=Hot水")]
    [InlineData(BuiltInType.NodeId, "050100030000000102FF", "ns=1;b=AQL/")]
    [InlineData(BuiltInType.ExpandedNodeId, "80480500000075726E3A78", "nsu=urn:x;i=72")]
    [InlineData(BuiltInType.ExpandedNodeId, "404803000000", "svr=3;i=72")]
    [InlineData(BuiltInType.DateTime, "0000000000000000", "-")]
    [InlineData(BuiltInType.DateTime, "00C096DBFCAAD801", "2022-08-08T08:00:00.0000000Z")]
    [InlineData(BuiltInType.StatusCode, "00003180", "BadNoCommunication")]
    [InlineData(BuiltInType.ByteString, "0300000001FF10", "01FF10")]
    public void The_bytes_of_the_specification_mean_what_it_says(BuiltInType type, string hex, string text)
    {
        var reader = new UaReader(Convert.FromHexString($"{(byte)type:X2}{hex}"), DecodingLimits.Default);
        Assert.Equal(text, reader.ReadVariant().ToString());
        reader.ExpectEnd();
    }

    [Fact]
    public void A_variant_takes_sixteen_bytes() => Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<Variant>());

    [Fact]
    public void The_fields_of_a_diagnostic_info_stand_in_the_order_of_the_specification()
    {
        // Locale before LocalizedText, though its bit is the higher one.
        var reader = new UaReader(
            Convert.FromHexString("7F" + "01000000" + "02000000" + "03000000" + "04000000" + "0100000061" + "00000A80" + "00"),
            DecodingLimits.Default);
        var expected = new DiagnosticInfo
        {
            SymbolicId = 1,
            NamespaceUri = 2,
            Locale = 3,
            LocalizedText = 4,
            AdditionalInfo = "a",
            InnerStatusCode = StatusCodes.BadTimeout,
        };
        Assert.Equal(expected, reader.ReadDiagnosticInfo());
        reader.ExpectEnd();
    }

    [Fact]
    public void The_fields_of_a_data_value_stand_in_the_order_of_the_specification()
    {
        var reader = new UaReader(
            Convert.FromHexString("3F" + "0301" + "00000A80" + "0500000000000000" + "0600" + "0700000000000000" + "0800"),
            DecodingLimits.Default);
        var expected = new DataValue(Variant.From((byte)1), StatusCodes.BadTimeout, new(5), new(7))
        {
            SourcePicoseconds = 6,
            ServerPicoseconds = 8,
        };
        Assert.Equal(expected, reader.ReadDataValue());
        reader.ExpectEnd();
    }

    [Theory]
    [InlineData("14" + "0500000000000000" + "1027", 5, 9_999)]
    [InlineData("14" + "0500000000000000" + "0F27", 5, 9_999)]
    [InlineData("10" + "0600", 0, 0)]
    public void Picoseconds_are_bounded_and_need_a_time(string hex, long ticks, ushort picoseconds)
    {
        var value = new UaReader(Convert.FromHexString(hex), DecodingLimits.Default).ReadDataValue();
        Assert.Equal((new(ticks), picoseconds), (value.SourceTime, value.SourcePicoseconds));
    }

    [Theory]
    [InlineData(0x1A)]
    [InlineData(0x1F)]
    public void Types_reserved_for_later_are_read_as_byte_strings(byte id)
    {
        var reader = new UaReader([id, 1, 0, 0, 0, 0xAB], DecodingLimits.Default);
        Assert.Equal(Variant.From([0xAB]), reader.ReadVariant());
        var array = new UaReader([(byte)(id | 0x80), 1, 0, 0, 0, 1, 0, 0, 0, 0xAB], DecodingLimits.Default);
        Assert.Equal(Variant.From(new UaArray(BuiltInType.ByteString, new byte[][] { [0xAB] })), array.ReadVariant());
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("00000080")]
    [InlineData("00000000")]
    public void A_negative_length_is_that_of_an_empty_array(string length)
    {
        var reader = new UaReader(Convert.FromHexString($"86{length}"), DecodingLimits.Default);
        Assert.Equal(Variant.From(new UaArray(BuiltInType.Int32, Array.Empty<int>())), reader.ReadVariant());
        reader.ExpectEnd();
    }

    [Theory]
    [InlineData("20", "0x20 is no encoding mask of a Variant")]
    [InlineData("80", "0x80 is no encoding mask of a Variant")]
    [InlineData("18", "0x18 is no encoding mask of a Variant")]
    [InlineData("41", "0x41 is no encoding mask of a Variant")]
    [InlineData("1504", "0x04 is no encoding mask of a LocalizedText")]
    [InlineData("1106", "0x06 is no form of a NodeId")]
    [InlineData("1180", "0x80 is no form of a NodeId")]
    [InlineData("16000003", "3 is no form of an ExtensionObject's body")]
    [InlineData("1980", "0x80 is no encoding mask of a DiagnosticInfo")]
    [InlineData("1740", "0x40 is no encoding mask of a DataValue")]
    [InlineData("170117", "a DataValue lies within a DataValue")]
    [InlineData("1701970100000000", "a DataValue lies within a DataValue")]
    [InlineData("0CFEFFFFFF", "a String claims -2 bytes")]
    [InlineData("0C01000000FF", "a String is not UTF-8")]
    [InlineData("0C02000000C080", "a String is not UTF-8")]
    [InlineData("0C03000000EDA080", "a String is not UTF-8")]
    [InlineData("0B00", "8 bytes are needed, 1 are left")]
    [InlineData("8601000000", "an array claims 1 elements of at least 4 bytes, 0 bytes are left")]
    [InlineData("C30100000000" + "02000000" + "01000000" + "02000000", "the 2 dimensions of a matrix do not hold")]
    [InlineData("C30100000000" + "02000000" + "FFFFFFFF" + "FFFFFFFF", "the 2 dimensions of a matrix do not hold")]
    [InlineData("C300000000" + "03000000" + "00000040" + "04000000" + "00000000", "the 3 dimensions of a matrix do not hold")]
    public void What_is_malformed_says_what_and_where(string hex, string message)
    {
        var bytes = Convert.FromHexString(hex);
        var error = Assert.Throws<OpcUaException>(() => new UaReader(bytes, DecodingLimits.Default).ReadVariant());
        Assert.Equal(StatusCodes.BadDecodingError, error.Status.Value);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimensions_of_an_array_are_no_matrix()
    {
        var bytes = Convert.FromHexString("C3020000000102" + "01000000" + "02000000");
        Assert.Null(new UaReader(bytes, DecodingLimits.Default).ReadVariant().Array!.Dimensions);
    }

    private static void AssertComesBack(Variant expected)
    {
        var writer = new UaWriter();
        writer.WriteVariant(expected);
        var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
        var actual = reader.ReadVariant();
        reader.ExpectEnd();
        Assert.Equal(expected, actual);
        var again = new UaWriter();
        again.WriteVariant(actual);
        Assert.Equal(writer.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
    }
}

using EdgeAgent.Configuration.Nodes;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.Sources.OpcUa;

namespace EdgeAgent.Tests.Sources.OpcUa;

public sealed class NodeFormatTests
{
    [Theory]
    [InlineData("bool", "Boolean")]
    [InlineData("int8", "SByte")]
    [InlineData("int16", "SByte Byte Int16")]
    [InlineData("int32", "SByte Byte Int16 UInt16 Int32")]
    [InlineData("int64", "SByte Byte Int16 UInt16 Int32 UInt32 Int64")]
    [InlineData("uint8", "Byte")]
    [InlineData("uint16", "Byte UInt16")]
    [InlineData("uint32", "Byte UInt16 UInt32")]
    [InlineData("uint64", "Byte UInt16 UInt32 UInt64")]
    [InlineData("float32", "SByte Byte Int16 UInt16 Float")]
    [InlineData("float64", "SByte Byte Int16 UInt16 Int32 UInt32 Float Double")]
    [InlineData("string", "String Guid XmlElement QualifiedName LocalizedText")]
    [InlineData("datetime", "DateTime")]
    public void A_tag_takes_its_own_type_and_those_that_fit_into_it(string word, string accepted)
    {
        Assert.True(NodeTypes.Words.TryParse(word, out var type));
        var format = new NodeFormat(type);

        Assert.Equal(accepted, string.Join(' ', Enum.GetValues<BuiltInType>().Where(format.Accepts)));
    }

    [Fact]
    public void Integers_stay_integers_and_widen_exactly()
    {
        Assert.Equal(new(-128, NodeFault.None), Convert(NodeType.Int64, Variant.From(sbyte.MinValue)));
        Assert.Equal(new(uint.MaxValue, NodeFault.None), Convert(NodeType.Int64, Variant.From(uint.MaxValue)));
        Assert.Equal(new(long.MinValue, NodeFault.None), Convert(NodeType.Int64, Variant.From(long.MinValue)));
        Assert.Equal(new(long.MaxValue, NodeFault.None), Convert(NodeType.UInt64, Variant.From((ulong)long.MaxValue)));
        Assert.Equal(NodeFault.OutOfRange, Convert(NodeType.UInt64, Variant.From(ulong.MaxValue)).Fault);
        Assert.Equal(Sample.BitsOf(4_294_967_295.0), Convert(NodeType.Float64, Variant.From(uint.MaxValue)).Bits);
        Assert.Equal(Sample.BitsOf(0.1f), Convert(NodeType.Float64, Variant.From(0.1f)).Bits);
    }

    [Fact]
    public void Scale_and_offset_are_applied_to_decimals_exactly()
    {
        var tenths = new NodeFormat(NodeType.UInt64, 0.1m, -40);

        Assert.Equal(ValueKind.Float64, tenths.Kind);
        Assert.Equal(Sample.BitsOf(-39.7), tenths.Convert(BuiltInType.Byte, 3).Bits);
        Assert.Equal(
            Sample.BitsOf(1_844_674_407_370_955_121.5),
            tenths.Convert(BuiltInType.UInt64, unchecked((long)ulong.MaxValue)).Bits);
        Assert.Equal(
            Sample.BitsOf(7.5 * 2 + 1), new NodeFormat(NodeType.Float64, 2, 1).Convert(
                BuiltInType.Double, Sample.BitsOf(7.5)).Bits);
    }

    [Fact]
    public void What_is_not_finite_is_kept_and_what_scaling_makes_so_is_out_of_range()
    {
        var format = new NodeFormat(NodeType.Float64, 10);

        Assert.Equal(new(Sample.BitsOf(double.NaN), NodeFault.None),
            new NodeFormat(NodeType.Float64).Convert(BuiltInType.Double, Sample.BitsOf(double.NaN)));
        Assert.Equal(new(Sample.BitsOf(double.MaxValue), NodeFault.OutOfRange),
            format.Convert(BuiltInType.Double, Sample.BitsOf(double.MaxValue)));
    }

    private static NodeValue Convert(NodeType type, Variant value) =>
        new NodeFormat(type).Convert(value.Type, value.Bits);
}

using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Enumerations and structures that node-opcua describes itself: tests/peers/opcua/types.xml.</summary>
[Collection(InteropCollection.Name)]
public sealed class InteropTypeTests(InteropRig rig)
{
    [Theory]
    [InlineData("Mode", 2, "Positioning")]
    [InlineData("Class", 35, "废品")]
    [InlineData("ClassNegative", -1, "未知")]
    [InlineData("ClassUnnamed", 11, null)]
    public async Task An_enumeration_has_its_number_and_its_text(string node, int number, string? text)
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);

        var (value, dataType, types) = await ReadAsync(session, "Typed." + node);

        Assert.Equal(BuiltInType.Int32, session.DataTypes.BuiltInTypeOf(dataType));
        Assert.Equal(number, value.Value.AsInt64());
        Assert.Equal(text, types.TextOf(dataType, number));
    }

    public static TheoryData<string, string, Variant> Fields => new()
    {
        { "Axis", "Name", Variant.From("X") },
        { "Axis", "Position", Variant.From(1.25) },
        { "Axis", "Velocity", Variant.From(1.25f / 8) },
        { "Axis", "Homed", Variant.From(true) },
        { "Axis", "Mode", Variant.From(1) },
        { "Axes", "[1].Name", Variant.From("Y轴") },
        { "Axes", "[1].Position", Variant.From(-2.5) },
        { "Axes", "[1].Homed", Variant.From(false) },
        { "Machine", "Program", Variant.From("主程序-7") },
        { "Machine", "Produced", Variant.From(4_000_000_000) },
        { "Machine", "Since", Variant.From(new UaDateTime(InteropValues.SourceTime.Ticks - 1234)) },
        { "Machine", "Message", Variant.From(new LocalizedText("zh-CN", "正在加工")) },
        { "Machine", "Axes[2].Position", Variant.From(1234.5) },
        { "Machine", "Axes[1].Mode", Variant.From(1) },
        { "Machine", "Offsets[2]", Variant.From(0.125) },
        { "Machine", "Spindle.Position", Variant.From(-7.5) },
        { "MeasurementFull", "Limit", Variant.From(2.5) },
        { "MeasurementFull", "Remark", Variant.From("正常") },
        { "MeasurementRemark", "Value", Variant.From(1.5) },
        { "MeasurementRemark", "Remark", Variant.From("only") },
        { "ReadingNumber", "Number", Variant.From(6.5) },
        { "ReadingText", "Text", Variant.From("六") },
    };

    [Theory]
    [MemberData(nameof(Fields), DisableDiscoveryEnumeration = true)]
    public async Task A_field_of_a_structure_has_its_value(string node, string field, Variant expected)
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        var (value, _, types) = await ReadAsync(session, "Typed." + node);

        var found = FieldPath.Parse(field).Read(value.Value, types, DecodingLimits.Default);

        Assert.True(found.Status.IsGood, found.Status.ToString());
        Assert.Equal(WireText.Of(expected), WireText.Of(found.Value));
    }

    [Theory]
    [InlineData("Axis", "Torque")]
    [InlineData("Axes", "[2].Name")]
    [InlineData("Machine", "Axes[3].Name")]
    [InlineData("MeasurementBare", "Limit")]
    [InlineData("MeasurementRemark", "Limit")]
    [InlineData("ReadingNumber", "Text")]
    public async Task A_field_that_is_not_there_has_a_bad_status_and_no_value(string node, string field)
    {
        await using var session = await rig.ConnectAsync(isEncrypted: false);
        var (value, _, types) = await ReadAsync(session, "Typed." + node);

        var found = FieldPath.Parse(field).Read(value.Value, types, DecodingLimits.Default);

        Assert.True(found.Status.IsBad, found.Status.ToString());
        Assert.True(found.Value.IsNull);
    }

    private static async Task<(DataValue Value, NodeId DataType, TypeTable Types)> ReadAsync(
        ClientSession session, string name)
    {
        var node = session.OnLine(name);
        var cancelled = TestContext.Current.CancellationToken;
        var attribute = Assert.Single(await session.ReadAttributeAsync([node], AttributeIds.DataType, cancelled));
        var dataType = Assert.IsType<NodeId>(attribute.Value.ToObject());
        var types = await session.DataTypes.LoadAsync([dataType], cancelled);
        return (await session.ReadOneAsync(node), dataType, types);
    }
}

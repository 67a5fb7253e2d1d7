using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class ReadTests : IDisposable
{
    private readonly ServerRig _rig = new();

    public ReadTests() => _rig.Open();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_value_comes_with_its_status_and_both_times()
    {
        var node = _rig.AddCounter("v", BuiltInType.Double);
        var source = new UaDateTime(_rig.Now.Ticks - 5_000_000);
        _rig.Space.Set(node, Variant.From(1.5), StatusCodes.UncertainLastUsableValue, source);

        Assert.Equal(
            new(Variant.From(1.5), StatusCodes.UncertainLastUsableValue, source, _rig.Now), _rig.Read(_rig.Id("v")));
    }

    [Theory]
    [InlineData(TimestampsToReturn.Source, true, false)]
    [InlineData(TimestampsToReturn.Server, false, true)]
    [InlineData(TimestampsToReturn.Both, true, true)]
    [InlineData(TimestampsToReturn.Neither, false, false)]
    public void Only_the_times_that_are_asked_for_come(TimestampsToReturn timestamps, bool source, bool server)
    {
        var value = _rig.Call<ReadRequest, ReadResponse>(new()
        {
            RequestHeader = _rig.Header,
            TimestampsToReturn = timestamps,
            NodesToRead = [new() { NodeId = new(2258), AttributeId = AttributeIds.Value }],
        }).Results[0];

        Assert.Equal((source, server), (!value.SourceTime.IsNone, !value.ServerTime.IsNone));
    }

    [Theory]
    [InlineData(AttributeIds.NodeClass, 2)]
    [InlineData(AttributeIds.ValueRank, -1)]
    public void Numbers_of_a_variable(uint attribute, int expected)
    {
        _rig.AddCounter();

        Assert.Equal(Variant.From(expected), _rig.Read(_rig.Id("Counter"), attribute).Value);
    }

    [Fact]
    public void Everything_that_a_variable_says_of_itself()
    {
        _rig.Space.AddVariable(AddressSpace.Objects, new VariableDefinition(_rig.Id("压力"), "压力")
        {
            Type = BuiltInType.Float,
            DisplayName = new("zh-CN", "空压机压力"),
            Description = "bar",
            MinimumSamplingInterval = 250,
            HistoryLength = 10,
        });
        Variant Of(uint attribute) => _rig.Read(_rig.Id("压力"), attribute).Value;

        Assert.Equal(Variant.From(_rig.Id("压力")), Of(AttributeIds.NodeId));
        Assert.Equal(Variant.From(new QualifiedName(_rig.Ns, "压力")), Of(AttributeIds.BrowseName));
        Assert.Equal(Variant.From(new LocalizedText("zh-CN", "空压机压力")), Of(AttributeIds.DisplayName));
        Assert.Equal(Variant.From(new LocalizedText(null, "bar")), Of(AttributeIds.Description));
        Assert.Equal(Variant.From(new NodeId(10)), Of(AttributeIds.DataType));
        Assert.Equal(Variant.From((byte)5), Of(AttributeIds.AccessLevel));
        Assert.Equal(Variant.From(5u), Of(AttributeIds.AccessLevelEx));
        Assert.Equal(Variant.From(250.0), Of(AttributeIds.MinimumSamplingInterval));
        Assert.Equal(Variant.From(true), Of(AttributeIds.Historizing));
        Assert.Equal(Variant.From(0u), Of(AttributeIds.WriteMask));
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        _rig.AddCounter();
        _rig.Space.AddVariable(
            AddressSpace.Objects, new VariableDefinition(_rig.Id("Secret"), "Secret") { IsReadable = false });

        Assert.Equal(new StatusCode(StatusCodes.BadNodeIdUnknown), _rig.Read(_rig.Id("no")).Status);
        Assert.Equal(new StatusCode(StatusCodes.BadNodeIdUnknown), _rig.Read(new(99, "no")).Status);
        Assert.Equal(new StatusCode(StatusCodes.BadNodeIdInvalid), _rig.Read(NodeId.Null).Status);
        Assert.Equal(new StatusCode(StatusCodes.BadAttributeIdInvalid), _rig.Read(new(85)).Status);
        Assert.Equal(
            new StatusCode(StatusCodes.BadAttributeIdInvalid),
            _rig.Read(_rig.Id("Counter"), AttributeIds.IsAbstract).Status);
        Assert.Equal(new StatusCode(StatusCodes.BadNotReadable), _rig.Read(_rig.Id("Secret")).Status);
    }

    [Theory]
    [InlineData("1", new[] { 20.0 })]
    [InlineData("1:2", new[] { 20.0, 30.0 })]
    [InlineData("2:9", new[] { 30.0 })]
    public void A_part_of_an_array_can_be_read(string range, double[] expected)
    {
        AddArray();

        Assert.Equal(
            Variant.From(new UaArray(BuiltInType.Double, expected)), _rig.Read(_rig.Id("a"), range: range).Value);
    }

    [Theory]
    [InlineData("3", StatusCodes.BadIndexRangeNoData)]
    [InlineData("2:1", StatusCodes.BadIndexRangeInvalid)]
    [InlineData("x", StatusCodes.BadIndexRangeInvalid)]
    [InlineData("-1", StatusCodes.BadIndexRangeInvalid)]
    public void A_part_that_is_none_is_refused(string range, uint status)
    {
        AddArray();

        Assert.Equal(new StatusCode(status), _rig.Read(_rig.Id("a"), range: range).Status);
    }

    [Fact]
    public void An_enumeration_and_a_structure_define_themselves()
    {
        var enumeration = _rig.Space.AddEnumeration(
            new(_rig.Ns, 100u),
            "State",
            new EnumField { Value = 0, Name = "Off" },
            new EnumField { Value = 5, Name = "On" });
        var structure = _rig.Space.AddStructure(
            new(_rig.Ns, 200u), new(_rig.Ns, 201u), "Axis",
            new() { Fields = [new() { Name = "State", DataType = enumeration, ValueRank = -1 }] });
        _rig.Core.State.Order = new(_rig.Space.Namespaces, [NamespaceUris.OpcUa, "urn:new", ServerRig.Plant]);

        var fields = Definition<EnumDefinition>(new(2, 100u)).Fields;
        Assert.Equal([0, 5], fields.Select(field => field.Value));
        var definition = Definition<StructureDefinition>(new(2, 200u));
        Assert.Equal(new NodeId(2, 201u), definition.DefaultEncodingId);
        Assert.Equal(new NodeId(2, 100u), definition.Fields[0].DataType);
        Assert.Equal(new NodeId(_rig.Ns, 200u), structure);
    }

    [Fact]
    public void The_server_says_what_it_can_do()
    {
        Assert.Equal(Variant.From(10_000u), _rig.Read(new(11705)).Value);
        _rig.Core.State.Faults.MaxOperations = 3;
        Assert.Equal(Variant.From(3u), _rig.Read(new(11705)).Value);

        Assert.Equal(
            new StatusCode(StatusCodes.BadTooManyOperations),
            _rig.Fault<ReadRequest, ReadResponse>(new()
            {
                RequestHeader = _rig.Header,
                NodesToRead = Enumerable.Repeat(new ReadValueId { NodeId = new(2258), AttributeId = 13 }, 4).ToList(),
            }));
        Assert.Equal(
            new StatusCode(StatusCodes.BadNothingToDo),
            _rig.Fault<ReadRequest, ReadResponse>(new() { RequestHeader = _rig.Header }));
    }

    [Fact]
    public void A_restart_with_another_order_moves_nodes_and_never_mixes_them()
    {
        var other = _rig.Space.AddNamespace("urn:test:other");
        var here = _rig.AddCounter("x");
        var there = _rig.Space.AddVariable(AddressSpace.Objects, new(other, "x"), "x", BuiltInType.UInt32);
        _rig.Space.Set(here, 1, StatusCodes.Good, default);
        _rig.Space.Set(there, 2, StatusCodes.Good, default);

        _rig.Core.State.Order = new(_rig.Space.Namespaces, [NamespaceUris.OpcUa, "urn:test:other", ServerRig.Plant]);
        Assert.Equal(Variant.From(2u), _rig.Read(new(1, "x")).Value);
        Assert.Equal(Variant.From(1u), _rig.Read(new(2, "x")).Value);

        _rig.Core.State.Order = new(_rig.Space.Namespaces, [NamespaceUris.OpcUa, "urn:test:other"]);
        Assert.Equal(new StatusCode(StatusCodes.BadNodeIdUnknown), _rig.Read(new(2, "x")).Status);
    }

    private void AddArray() => _rig.Space.AddVariable(AddressSpace.Objects, new VariableDefinition(_rig.Id("a"), "a")
    {
        ValueRank = 1,
        Value = Variant.From(new UaArray(BuiltInType.Double, new[] { 10.0, 20.0, 30.0 })),
    });

    private T Definition<T>(NodeId node)
        where T : class, IUaEncodable<T> =>
        Assert.IsType<ExtensionObject>(_rig.Read(node, AttributeIds.DataTypeDefinition).Value.Object)
            .As<T>(DecodingLimits.Default)!;
}

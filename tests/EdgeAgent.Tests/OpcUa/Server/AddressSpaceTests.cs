using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;

namespace EdgeAgent.Tests.OpcUa.Server;

public sealed class AddressSpaceTests
{
    private static readonly UaDateTime Noon = UaDateTime.From(new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    private readonly AddressSpace _space = new();
    private readonly ushort _plant;

    public AddressSpaceTests() => _plant = _space.AddNamespace("urn:test:plant");

    [Fact]
    public void The_standard_nodes_are_there()
    {
        Assert.Equal(AddressSpace.Root, _space.Find(new(84)));
        Assert.Equal(AddressSpace.Objects, _space.Find(new(85)));
        Assert.All(new uint[] { 86, 87, 2253, 2255, 2256, 2258, 11704, 11192, 11492, 12873, 58, 61, 63, 11, 2368 },
            id => Assert.True(_space.Find(new(id)) > 0, $"i={id}"));
    }

    [Fact]
    public void A_node_is_found_by_its_id_whatever_its_kind()
    {
        NodeId[] ids =
        [
            new(_plant, 7), new(_plant, "seven"), new(_plant, Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63")),
            new(_plant, new byte[] { 7 }),
        ];
        var handles = ids.Select(id => _space.AddVariable(AddressSpace.Objects, id, "n", BuiltInType.Double)).ToArray();

        Assert.Equal(handles, ids.Select(_space.Find));
        Assert.Equal(ids, handles.Select(_space.IdOf));
        Assert.Equal(-1, _space.Find(new(_plant, "eight")));
    }

    [Fact]
    public void Ten_thousand_nodes_are_found_again()
    {
        var handles = Enumerable.Range(0, 10_000)
            .Select(i => _space.AddVariable(AddressSpace.Objects, new(_plant, $"V{i}"), $"V{i}", BuiltInType.UInt32))
            .ToArray();

        Assert.All(Enumerable.Range(0, 10_000), i => Assert.Equal(handles[i], _space.Find(new(_plant, $"V{i}"))));
    }

    [Fact]
    public void An_id_cannot_be_used_twice()
    {
        _space.AddFolder(AddressSpace.Objects, new(_plant, "a"), "a");

        Assert.Throws<ArgumentException>(() => _space.AddFolder(AddressSpace.Objects, new(_plant, "a"), "b"));
    }

    [Fact]
    public void A_namespace_keeps_its_index() => Assert.Equal(_plant, _space.AddNamespace("urn:test:plant"));

    [Fact]
    public void A_variable_begins_at_zero_and_shows_what_is_set()
    {
        var node = _space.AddVariable(AddressSpace.Objects, new(_plant, "v"), "v", BuiltInType.Double);
        Assert.Equal(Variant.From(0.0), _space.Get(node, Noon).Value);

        _space.Set(node, Variant.From(12.5), StatusCodes.UncertainLastUsableValue, Noon);

        var value = _space.Get(node, Noon);
        Assert.Equal(
            (Variant.From(12.5), new StatusCode(StatusCodes.UncertainLastUsableValue), Noon),
            (value.Value, value.Status, value.SourceTime));
    }

    [Fact]
    public void Bits_take_the_type_of_the_variable()
    {
        var node = _space.AddVariable(AddressSpace.Objects, new(_plant, "v"), "v", BuiltInType.UInt16);

        _space.Set(node, 65_535, StatusCodes.Good, Noon);

        Assert.Equal(Variant.From((ushort)65_535), _space.Get(node, Noon).Value);
    }

    [Fact]
    public void A_function_is_asked_at_each_reading()
    {
        var node = _space.AddVariable(AddressSpace.Objects, new VariableDefinition(new(_plant, "f"), "f")
        {
            Function = time => new(Variant.From(time.Ticks), StatusCodes.Good, time),
        });

        Assert.Equal(Variant.From(Noon.Ticks), _space.Get(node, Noon).Value);
    }

    [Fact]
    public void A_forced_status_stands_until_it_is_taken_back()
    {
        var node = _space.AddVariable(AddressSpace.Objects, new(_plant, "v"), "v", BuiltInType.Double);
        _space.ForceStatus(node, StatusCodes.BadDeviceFailure, Noon);
        _space.Set(node, Variant.From(1.0), StatusCodes.Good, Noon);
        Assert.Equal(new StatusCode(StatusCodes.BadDeviceFailure), _space.Get(node, Noon).Status);

        _space.ForceStatus(node, null, Noon);

        Assert.Equal(StatusCode.Good, _space.Get(node, Noon).Status);
    }

    [Fact]
    public void A_folder_has_no_value()
    {
        var folder = _space.AddFolder(AddressSpace.Objects, new(_plant, "a"), "a");

        Assert.Throws<ArgumentException>(() => _space.Get(folder, Noon));
    }

    [Fact]
    public void A_variable_takes_less_than_200_bytes_beside_the_text_of_its_id()
    {
        const int Count = 50_000;
        var names = Enumerable.Range(0, Count).Select(i => $"Line1.Machine{i}.Value").ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var name in names)
        {
            _space.AddVariable(AddressSpace.Objects, new(_plant, name), name, BuiltInType.Double);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        GC.KeepAlive(_space);
        Assert.InRange(each, 0, 200);
    }

    [Fact]
    public void Counting_up_allocates_nothing()
    {
        var nodes = Enumerable.Range(0, 1_000).Select(
            i => _space.AddVariable(AddressSpace.Objects, new(_plant, $"V{i}"), $"V{i}", BuiltInType.UInt32)).ToArray();

        Assert.Equal(0, AllocatedBytes.Of(() => _space.CountUp(nodes, Noon)));
        Assert.Equal(Variant.From(8u), _space.Get(nodes[^1], Noon).Value);
    }
}

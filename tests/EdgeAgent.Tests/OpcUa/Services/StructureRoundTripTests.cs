using EdgeAgent.OpcUa;
using EdgeAgent.Tests.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Services;

public sealed class StructureRoundTripTests
{
    // What each byte of input may take beyond DecodingLimits.MemoryPerByte: sixteen are promised.
    private const int UncountedPerByte = 2;

    public static TheoryData<string> Names => [.. Structures.All.Select(type => type.Name)];

    /// <summary>Those of which a message may hold as many as it likes.</summary>
    public static TheoryData<string> ElementNames =>
        [.. Structures.All.SelectMany(RandomValues.Properties)
            .Where(property => property.PropertyType.IsGenericType)
            .Select(property => property.PropertyType.GetGenericArguments()[0])
            .Intersect(Structures.All)
            .Select(type => type.Name)];

    [Fact]
    public void There_are_structures_at_all() => Assert.True(Structures.All.Count > 90, $"{Structures.All.Count} found");

    [Theory]
    [MemberData(nameof(Names))]
    public void An_instance_with_every_field_filled_comes_back(string name)
    {
        var type = TypeOf(name);
        var values = new RandomValues(name.Length);
        for (var i = 0; i < 50; i++)
        {
            var bytes = Structures.Encode(values.Structure(type));
            Assert.Equal(bytes, Structures.Encode(Structures.Decode(type, bytes)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_empty_instance_comes_back(string name)
    {
        var bytes = Structures.Encode(Activator.CreateInstance(TypeOf(name))!);
        Assert.Equal(bytes, Structures.Encode(Structures.Decode(TypeOf(name), bytes)));
    }

    // The budget counts elements and not the fields of structures: these must be small for the bytes that they need.
    [Theory]
    [MemberData(nameof(ElementNames))]
    public void The_memory_that_nobody_counts_is_small_for_its_bytes(string name)
    {
        var type = TypeOf(name);
        var bytes = Structures.Encode(Activator.CreateInstance(type)!);
        var memory = AllocatedBytes.Of(() => Structures.Decode(type, bytes));
        Assert.True(memory <= Structures.MemorySize(type) + (UncountedPerByte * bytes.Length), $"{memory} bytes for {bytes.Length}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_structure_cut_short_is_malformed(string name)
    {
        var bytes = Structures.Encode(new RandomValues(3).Structure(TypeOf(name)));
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 200))
        {
            Assert.Throws<OpcUaException>(() => Structures.Decode(TypeOf(name), bytes.AsSpan(0, length)));
        }
    }

    private static Type TypeOf(string name) => Structures.All.Single(type => type.Name == name);
}

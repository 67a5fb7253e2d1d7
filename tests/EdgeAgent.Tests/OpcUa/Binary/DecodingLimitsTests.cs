using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Binary;

/// <summary>Each limit holds exactly at its edge.</summary>
public sealed class DecodingLimitsTests
{
    private static readonly DecodingLimits Small = new() { StringBytes = 10, ByteStringBytes = 20, ArrayLength = 5, Nesting = 4 };

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_string_is_bounded(int length, bool fits) =>
        AssertFits(fits, Small, writer => writer.WriteVariant(Variant.From(new string('x', length))));

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_byte_string_is_bounded(int length, bool fits) =>
        AssertFits(fits, Small, writer => writer.WriteVariant(Variant.From(new byte[length])));

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void The_body_of_an_extension_object_is_bounded(int length, bool fits) => AssertFits(
        fits, Small, writer => writer.WriteVariant(
            Variant.From(new ExtensionObject(new(1), new byte[length], ExtensionObjectBody.Binary))));

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void An_array_is_bounded(int length, bool fits) =>
        AssertFits(fits, Small, writer => writer.WriteVariant(Variant.From(new UaArray(BuiltInType.Byte, new byte[length]))));

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Variants_within_each_other_are_bounded(int depth, bool fits) =>
        AssertFits(fits, Small, writer => writer.WriteVariant(Nested(depth)));

    [Fact]
    public void A_data_value_counts_as_a_step_of_nesting()
    {
        AssertFits(true, Small, writer => writer.WriteVariant(Variant.From(new DataValue(Nested(2)))));
        AssertFits(false, Small, writer => writer.WriteVariant(Variant.From(new DataValue(Nested(3)))));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Diagnostic_infos_within_each_other_are_bounded(int depth, bool fits)
    {
        DiagnosticInfo? info = null;
        for (var i = 0; i < depth; i++)
        {
            info = new() { SymbolicId = i, Inner = info };
        }

        AssertFits(fits, DecodingLimits.Default, writer => writer.WriteVariant(Variant.From(info!)));
    }

    [Fact]
    public void Passing_over_bounds_nesting_alike()
    {
        var writer = new UaWriter();
        writer.WriteVariant(Nested(5));
        Assert.Equal(
            StatusCodes.BadEncodingLimitsExceeded,
            Assert.Throws<OpcUaException>(() => new UaReader(writer.WrittenSpan, Small).SkipVariant()).Status.Value);
    }

    [Fact]
    public void The_default_nesting_leaves_room_on_a_small_stack()
    {
        var writer = new UaWriter();
        writer.WriteVariant(Nested(DecodingLimits.Default.Nesting));
        Variant decoded = default;
        var thread = new Thread(
            () => decoded = new UaReader(writer.WrittenSpan, DecodingLimits.Default).ReadVariant(), maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(decoded.IsArray);
    }

    // One byte on the wire, and sixteen to forty in memory.
    [Theory]
    [InlineData(BuiltInType.Variant)]
    [InlineData(BuiltInType.DataValue)]
    [InlineData(BuiltInType.LocalizedText)]
    public void Elements_that_grow_in_memory_are_refused_before_they_are_made(BuiltInType type)
    {
        var message = new byte[100_000];
        message[0] = (byte)(0x80 | (byte)type);
        WriteLength(message.AsSpan(1), message.Length - 5);
        var error = Assert.Throws<OpcUaException>(() => new UaReader(message, DecodingLimits.Default).ReadVariant());
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, error.Status.Value);
        Assert.True(AllocatedBytes.Of(() => Try(message)) < 64 * 1024);
    }

    // The densest that honest servers send: thousands of switches, read without times.
    [Theory]
    [InlineData(100_000, 3)]
    public void Many_small_values_are_within_the_memory_of_their_message(int count, int bytesEach)
    {
        var writer = new UaWriter();
        writer.WriteDataValues([.. Enumerable.Repeat(new DataValue(Variant.From(true)), count)]);
        Assert.Equal(sizeof(int) + (count * bytesEach), writer.Position);
        var reader = new UaReader(writer.WrittenSpan, DecodingLimits.Default);
        Assert.Equal(count, reader.ReadDataValues().Count);
    }

    [Fact]
    public void Whatever_is_decoded_stays_within_its_memory()
    {
        var values = new RandomValues(11);
        var writer = new UaWriter();
        for (var i = 0; i < 2_000; i++)
        {
            writer.Reset();
            writer.WriteVariant(values.Variant());
            var message = writer.WrittenSpan.ToArray();
            Assert.True(AllocatedBytes.Of(() => Try(message), 2) <= (64 * 1024) + (16L * message.Length));
        }
    }

    private static void Try(byte[] message)
    {
        try
        {
            new UaReader(message, DecodingLimits.Default).ReadVariant();
        }
        catch (OpcUaException)
        {
            // Refused, which is as good.
        }
    }

    private static void WriteLength(Span<byte> span, int value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(span, value);

    private static Variant Nested(int depth)
    {
        var value = Variant.From(1);
        for (var i = 1; i < depth; i++)
        {
            value = Variant.From(new UaArray(BuiltInType.Variant, new[] { value }));
        }

        return value;
    }

    private static void AssertFits(bool fits, DecodingLimits limits, Action<UaWriter> write)
    {
        var writer = new UaWriter();
        write(writer);
        var message = writer.WrittenSpan.ToArray();
        if (fits)
        {
            var reader = new UaReader(message, limits);
            reader.ReadVariant();
            reader.ExpectEnd();
        }
        else
        {
            var error = Assert.Throws<OpcUaException>(() => new UaReader(message, limits).ReadVariant());
            Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, error.Status.Value);
        }
    }
}

using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Values of every type, shape and status, read from node-opcua.</summary>
[Collection(InteropCollection.Name)]
public sealed class InteropValueTests(InteropRig rig)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_scalar_arrives_as_it_is(bool isEncrypted) =>
        await ExpectAsync("Scalar.", InteropValues.Scalars, isEncrypted);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_array_and_matrix_arrives_as_it_is(bool isEncrypted) =>
        await ExpectAsync("Array.", InteropValues.Arrays, isEncrypted);

    [Fact]
    public async Task Times_are_exact_to_100_ns_and_the_picoseconds_behind()
    {
        await using var session = await ConnectAsync(isEncrypted: false);
        var before = DateTimeOffset.UtcNow;

        var value = await session.ReadOneAsync(session.OnLine("Scalar.DateTime.Ticks"));

        Assert.Equal(InteropValues.SourceTime, value.SourceTime);
        Assert.Equal(InteropValues.SourcePicoseconds, value.SourcePicoseconds);
        Assert.Equal(InteropValues.SourceTime, value.Value.ToObject());

        // Both are the clock of this machine; node counts on from its start, so a second may lie between them.
        Assert.InRange(value.ServerTime.ToUtc(), before.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Every_status_comes_with_its_value_or_without()
    {
        await using var session = await ConnectAsync(isEncrypted: false);

        var values = await session.ReadValuesAsync(
            InteropValues.Statuses.Keys.Select(name => session.OnLine("Status." + name)));

        foreach (var ((name, expected), value) in InteropValues.Statuses.Zip(values))
        {
            Assert.True(expected.Status == value.Status.Code, $"{name}: {value.Status}");
            Assert.Equal(expected.Value, value.Value);
        }
    }

    [Fact]
    public async Task An_unknown_node_and_an_unknown_namespace_have_a_status_in_their_place()
    {
        await using var session = await ConnectAsync(isEncrypted: false);

        var values = await session.ReadValuesAsync(
            [session.OnLine("Nowhere"), new NodeId(999, "Counter"), session.OnLine("Scalar.Boolean.True")]);

        Assert.Equal(StatusCodes.BadNodeIdUnknown, values[0].Status.Code);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, values[1].Status.Code);
        Assert.True(values[2].Value.AsBoolean());
        Assert.False(session.Namespaces.TryResolve(NodeAddress.Parse("nsu=urn:gone;s=Counter"), out _));
    }

    [Fact]
    public async Task Many_nodes_are_read_in_requests_that_the_server_accepts()
    {
        await using var session = await ConnectAsync(isEncrypted: false);
        Assert.Equal(50, session.Limits.NodesPerRead);
        var nodes = Enumerable.Range(0, 1200).Select(child => session.OnLine($"Tree.Wide.{child}"));

        var values = await session.ReadValuesAsync(nodes);

        Assert.Equal(Enumerable.Range(0, 1200), values.Select(value => (int)value.Value.AsInt64()!.Value));
    }

    [Fact]
    public async Task An_answer_against_the_specification_ends_the_channel_and_the_session_lives_on()
    {
        await using var session = await ConnectAsync(isEncrypted: false);

        var failure = await Assert.ThrowsAsync<OpcUaException>(
            () => session.ReadValuesAsync([session.OnLine("Illegal.DataValue")]));

        Assert.Equal(StatusCodes.BadDecodingError, failure.Status.Code);
        Assert.Contains("DataValue", failure.Message, StringComparison.Ordinal);
        await session.Closed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await session.ReactivateAsync(TestContext.Current.CancellationToken);
        var value = await session.ReadOneAsync(session.OnLine("Scalar.Int16.Min"));
        Assert.Equal(short.MinValue, value.Value.AsInt64());
    }

    private Task<ClientSession> ConnectAsync(bool isEncrypted) => rig.ConnectAsync(isEncrypted);

    private async Task ExpectAsync(string folder, IReadOnlyDictionary<string, Variant> expected, bool isEncrypted)
    {
        await using var session = await ConnectAsync(isEncrypted);

        var values = await session.ReadValuesAsync(expected.Keys.Select(name => session.OnLine(folder + name)));

        Assert.Equal(expected.Count, values.Count);
        Assert.All(expected.Zip(values), pair =>
        {
            var ((name, variant), value) = pair;
            Assert.Equal($"{name}: {WireText.Of(variant)}", $"{name}: {WireText.Of(value.Value)}");
            Assert.Equal(StatusCodes.Good, value.Status.Value);
            Assert.Equal(InteropValues.SourceTime, value.SourceTime);
        });
    }
}

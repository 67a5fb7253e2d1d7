using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Planning;
using EdgeAgent.Modbus.Server;

namespace EdgeAgent.Tests.Modbus.Client;

public sealed class UnitReaderTests
{
    private const ModbusFunction Holding = ModbusFunction.ReadHoldingRegisters;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_poll_reads_every_point_in_the_fewest_requests()
    {
        var plant = new FakePlant();
        var points = Points(0, 125);
        var (sink, outcome) = plant.Poll(plant.Reader(points), points);
        Assert.Equal(PollOutcome.Alive, outcome);
        Assert.Equal(1, plant.Requests);
        AssertValues(sink, points, []);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(124)]
    public void An_illegal_address_is_found_while_all_others_are_delivered_in_the_same_poll(int hole)
    {
        var plant = new FakePlant();
        plant.Unit.AddHole(Holding, hole, 1);
        var points = Points(0, 125);
        var reader = plant.Reader(points);

        var (sink, outcome) = plant.Poll(reader, points);
        Assert.Equal(PollOutcome.Alive, outcome);
        AssertValues(sink, points, [hole]);
        Assert.True(plant.Requests <= 15, $"{plant.Requests} requests");

        // It is remembered, and the rest is read with the fewest requests around it.
        plant.Requests = 0;
        (sink, _) = plant.Poll(reader, points);
        AssertValues(sink, points, [hole]);
        Assert.Equal(hole is 0 or 124 ? 1 : 2, plant.Requests);

        // After an hour it is tried again, and found healed.
        plant.Unit.ClearHoles();
        plant.Clock.Advance(UnitReader.ObstacleLifetime);
        plant.Requests = 0;
        (sink, _) = plant.Poll(reader, points);
        AssertValues(sink, points, []);
        Assert.Equal(1, plant.Requests);
    }

    [Fact]
    public void Many_illegal_addresses_are_found_over_a_few_polls_of_bounded_length()
    {
        var plant = new FakePlant();
        int[] holes = [3, 17, 40, 41, 77, 90, 101, 120];
        foreach (var hole in holes)
        {
            plant.Unit.AddHole(Holding, hole, 1);
        }

        var points = Points(0, 125);
        var reader = plant.Reader(points);
        for (var poll = 0; poll < holes.Length; poll++)
        {
            plant.Requests = 0;
            plant.Poll(reader, points);
            Assert.InRange(plant.Requests, 1, UnitReader.MaxSearchRequests + reader.Plan.Blocks.Length);
        }

        var (sink, _) = plant.Poll(reader, points);
        AssertValues(sink, points, holes);
    }

    [Fact]
    public void An_illegal_gap_between_points_is_no_longer_bridged()
    {
        var plant = new FakePlant();
        plant.Unit.AddHole(Holding, 5, 1);
        AddressRange[] points = [new(Holding, 4, 1), new(Holding, 6, 1)];
        var reader = plant.Reader(points);
        var (sink, _) = plant.Poll(reader, points);
        AssertValues(sink, points, []);
        plant.Requests = 0;
        (sink, _) = plant.Poll(reader, points);
        AssertValues(sink, points, []);
        Assert.Equal(2, plant.Requests);
    }

    [Fact]
    public void A_silent_unit_costs_one_time_out_a_poll()
    {
        var plant = new FakePlant { Fault = _ => ModbusFault.NoAnswer };
        var points = Points(0, 300);
        var (sink, outcome) = plant.Poll(plant.Reader(points), points);
        Assert.Equal(PollOutcome.Silent, outcome);
        Assert.Equal(1, plant.Requests);
        Assert.Equal(300, sink.Failures.Count(failure => failure.Value.Outcome == ReadOutcome.TimedOut));
    }

    [Fact]
    public void A_request_that_is_never_answered_neither_hides_the_others_nor_slows_every_poll()
    {
        var plant = new FakePlant
        {
            Fault = request => request.Address < 125 ? ModbusFault.NoAnswer : ModbusFault.None,
        };
        var points = Points(0, 375);
        var reader = plant.Reader(points);
        plant.Poll(reader, points);
        var timeouts = 0;
        for (var poll = 0; poll < 100; poll++)
        {
            var before = plant.Client.Counters.Timeouts;
            var (sink, outcome) = plant.Poll(reader, points);
            timeouts += (int)(plant.Client.Counters.Timeouts - before);
            Assert.Equal(PollOutcome.Alive, outcome);
            Assert.Equal(250, sink.Data.Count);
        }

        Assert.True(timeouts <= 8, $"{timeouts} time-outs in 100 polls");
    }

    [Fact]
    public void A_unit_behind_a_gateway_that_cannot_reach_it_is_silent()
    {
        var plant = new FakePlant
        {
            Fault = _ => ModbusFault.Refuse(ModbusExceptionCode.GatewayTargetDeviceFailedToRespond),
        };
        var points = Points(0, 300);
        var (sink, outcome) = plant.Poll(plant.Reader(points), points);
        Assert.Equal(PollOutcome.Silent, outcome);
        Assert.Equal(1 + RefusalPolicy.MaxRetries, plant.Requests);
        Assert.Equal(300, sink.Failures.Count(failure =>
            failure.Value == (ReadOutcome.Refused, ModbusExceptionCode.GatewayTargetDeviceFailedToRespond)));
    }

    [Fact]
    public void A_probe_of_a_silent_unit_is_one_request_without_retries()
    {
        var plant = new FakePlant { Fault = _ => ModbusFault.NoAnswer };
        var points = Points(0, 300);
        var reader = plant.Reader(points, retries: 3);
        plant.Poll(reader, points, isProbe: true);
        Assert.Equal(1, plant.Requests);
        plant.Poll(reader, points);
        Assert.Equal(3, plant.Requests); // The third silence in a row closes the line.
    }

    [Fact]
    public void On_a_line_in_doubt_a_request_of_the_same_shape_asks_for_other_quantities()
    {
        var plant = new FakePlant(isRtu: true);
        AddressRange[] points = [new(Holding, 0, 2), new(Holding, 2, 1), new(Holding, 100, 2), new(Holding, 102, 1)];
        plant.Fault = request => request.Number == 1 ? ModbusFault.NoAnswer : ModbusFault.None;
        var reader = plant.Reader(points);
        plant.Poll(reader, points);
        var (sink, outcome) = plant.Poll(reader, points);
        Assert.Equal(PollOutcome.Alive, outcome);
        AssertValues(sink, points, []);
        Assert.Contains((100, 2), plant.Asked);
        Assert.Contains((102, 1), plant.Asked);
        Assert.DoesNotContain((100, 3), plant.Asked);
    }

    [Fact]
    public void A_point_that_must_not_be_read_is_reported_and_not_asked_for()
    {
        var plant = new FakePlant();
        AddressRange[] points = [new(Holding, 0, 1), new(Holding, 1, 1)];
        var reader = plant.Reader(points, limits: new() { Forbidden = [new(Holding, 1, 1)] });
        var (sink, _) = plant.Poll(reader, points);
        Assert.Equal(ReadOutcome.NotReadable, sink.Failures[1].Outcome);
        Assert.Equal([(0, 1)], plant.Asked);
    }

    private static AddressRange[] Points(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(address => new AddressRange(Holding, address, 1))];

    private static void AssertValues(RecordingSink sink, AddressRange[] points, int[] holes)
    {
        Assert.Equal(holes.Order(), sink.Failures.Keys.Order());
        Assert.Equal(points.Length - holes.Length, sink.Data.Count);
        foreach (var (index, data) in sink.Data)
        {
            Assert.StartsWith(points[index].Address.ToString("X4", null), data, StringComparison.Ordinal);
        }
    }
}

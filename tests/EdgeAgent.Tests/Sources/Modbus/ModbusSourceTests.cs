using EdgeAgent.Core.Model;
using EdgeAgent.Core.Pipeline;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Server;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Sources.Modbus;
using EdgeAgent.Tests.Modbus.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sources.Modbus;

public sealed class ModbusSourceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Samples_fall_on_the_grid_with_half_an_interval_of_phase()
    {
        var rig = new Rig([Unit(1, 3, Second)]);
        rig.Run(10 * Second);
        var samples = rig.Samples;
        Assert.Equal(30, samples.Count);
        Assert.All(samples, sample =>
        {
            Assert.Equal(StatusCode.Good, sample.Status);
            Assert.Equal(sample.TagIndex, sample.Bits);
            Assert.True(sample.SourceTime.IsNone);
            Assert.True(sample.ServerTime.IsNone);
            Assert.Equal(505, sample.GatewayTime.Ticks / 10_000 % 1000);
        });
        Assert.Empty(rig.Gaps);
    }

    [Fact]
    public void The_gateway_time_is_that_of_the_reply_that_carried_the_value()
    {
        var rig = new Rig([Unit(1, 200, Second)]);
        rig.Run(Second);
        Assert.Equal(
            [505, 510],
            rig.Samples.Select(sample => (int)(sample.GatewayTime.Ticks / 10_000 % 1000)).Distinct().Order());
    }

    [Fact]
    public void A_dead_unit_is_bad_at_every_poll_and_the_others_keep_their_times()
    {
        var rig = new Rig([Unit(1, 1, Second), Unit(2, 1, Second)]);
        rig.Plant.Fault = request => request.Unit == 2 ? ModbusFault.NoAnswer : ModbusFault.None;
        rig.Run(200 * Second);

        Assert.Empty(rig.Gaps);
        Assert.Equal(200, rig.Samples.Count(sample => sample.TagIndex == 1 && sample.Status == StatusCode.BadTimeout));
        var alive = rig.Samples.Where(sample => sample.TagIndex == 0).ToArray();
        Assert.Equal(200, alive.Length);
        Assert.All(alive, sample => Assert.Equal(StatusCode.Good, sample.Status));

        // 1, 2, 4, 8, 16, 32 and 60 seconds of rest: in 200 seconds nine probes at most, each of one time-out.
        Assert.InRange(rig.Plant.Log.Count(entry => entry.Unit == 2), 5, 10);
        Assert.True(alive.Count(sample => sample.GatewayTime.Ticks / 10_000 % 1000 != 505) <= 10);
    }

    [Fact]
    public void A_unit_that_comes_back_is_good_again()
    {
        var rig = new Rig([Unit(1, 1, Second)]);
        var isDead = true;
        rig.Plant.Fault = _ => isDead ? ModbusFault.NoAnswer : ModbusFault.None;
        rig.Plant.Clock.Schedule(20 * Second, () => isDead = false);
        rig.Run(100 * Second);
        Assert.Equal(100, rig.Samples.Count);
        Assert.Equal(StatusCode.BadTimeout, rig.Samples[0].Status);
        Assert.Equal(StatusCode.Good, rig.Samples[^1].Status);
        var changes = rig.Samples.Zip(rig.Samples.Skip(1)).Count(pair => pair.First.Status != pair.Second.Status);
        Assert.Equal(1, changes);
    }

    [Fact]
    public void Without_a_connection_every_due_sample_is_bad()
    {
        var rig = new Rig([Unit(1, 2, Second)]);
        rig.Plant.IsDown = true;
        rig.Plant.Clock.Schedule(30 * Second, () => rig.Plant.IsDown = false);
        rig.Run(120 * Second);
        Assert.Equal(240, rig.Samples.Count);
        Assert.Equal(StatusCode.BadServerNotConnected, rig.Samples[0].Status);
        Assert.Equal(StatusCode.Good, rig.Samples[^1].Status);
        Assert.InRange(rig.Source.Counters.FailedConnections, 4, 8);
    }

    [Fact]
    public void Polls_of_a_line_that_is_too_slow_lie_in_gaps_and_nothing_is_silent()
    {
        var rig = new Rig([Unit(1, 1, 0.1 * Second)]);
        rig.Plant.Latency = 0.35 * Second;
        rig.Run(20 * Second);
        Assert.NotEmpty(rig.Gaps);
        Assert.All(rig.Gaps, gap => Assert.Equal((GapCause.SourceOffline, "unit 1"), (gap.Cause, gap.Scope)));
        Assert.InRange(rig.Source.Counters.Polls + rig.Source.Counters.SkippedPolls, 195, 200);
        AssertGapsLieBetweenSamples(rig);
    }

    [Fact]
    public void A_full_queue_holds_the_polls_back_and_leaves_a_gap()
    {
        var rig = new Rig([Unit(1, 1, Second)], capacity: 2) { DrainsFrom = TimeSpan.FromSeconds(10) };
        rig.Run(20 * Second);
        var gap = Assert.Single(rig.Gaps);
        Assert.Equal(GapCause.QueueOverflow, gap.Cause);
        Assert.InRange(gap.To - gap.From, 7 * Second, 10 * Second);
        Assert.Equal(20, rig.Samples.Count + rig.Source.Counters.SkippedPolls);
        AssertGapsLieBetweenSamples(rig);
    }

    [Fact]
    public void A_source_that_is_stopped_while_it_owes_a_gap_leaves_it_behind()
    {
        var rig = new Rig([Unit(1, 1, Second)], capacity: 2) { DrainsFrom = TimeSpan.FromSeconds(10) };
        rig.Run(10.3 * Second);
        Assert.Equal(2, rig.Samples.Count);
        var gap = Assert.Single(rig.Gaps);
        Assert.Equal(GapCause.QueueOverflow, gap.Cause);
        Assert.Equal(rig.Samples[^1].GatewayTime, gap.From);
        Assert.InRange(gap.To - gap.From, 8.5 * Second, 9 * Second);
    }

    [Fact]
    public void A_clock_set_back_neither_stops_the_polls_nor_invents_a_gap()
    {
        var rig = new Rig([Unit(1, 1, Second)]);
        rig.Plant.Clock.Schedule(5.2 * Second, () => rig.Plant.Clock.StepWallClock(-3600 * Second));
        rig.Run(20 * Second);
        Assert.InRange(rig.Samples.Count, 19, 21);
        Assert.Empty(rig.Gaps);
    }

    [Fact]
    public void Every_failure_has_its_status()
    {
        (ModbusExceptionCode Code, StatusCode Status)[] table =
        [
            (ModbusExceptionCode.IllegalFunction, StatusCode.BadNotSupported),
            (ModbusExceptionCode.IllegalDataAddress, StatusCode.BadNodeIdUnknown),
            (ModbusExceptionCode.IllegalDataValue, StatusCode.BadOutOfRange),
            (ModbusExceptionCode.ServerDeviceFailure, StatusCode.BadDeviceFailure),
            (ModbusExceptionCode.ServerDeviceBusy, StatusCode.BadResourceUnavailable),
            (ModbusExceptionCode.MemoryParityError, StatusCode.BadSensorFailure),
            (ModbusExceptionCode.GatewayTargetDeviceFailedToRespond, StatusCode.BadNoCommunication),
            ((ModbusExceptionCode)0x41, StatusCode.BadDeviceFailure),
        ];
        foreach (var (code, status) in table)
        {
            var rig = new Rig([Unit(1, 1, Second)]);
            rig.Plant.Fault = _ => ModbusFault.Refuse(code);
            rig.Run(Second);
            var sample = Assert.Single(rig.Samples);
            Assert.Equal((status, 0L), (sample.Status, sample.Bits));
            Assert.Equal(code, rig.Source.Counters.LastRefusal);
        }
    }

    [Fact]
    public void A_dead_unit_does_not_push_polls_that_are_due_with_it_into_a_gap()
    {
        var rig = new Rig([Unit(1, 1, Second), Unit(2, 1, Second), Unit(3, 1, Second)]);
        rig.Plant.AddUnit(3);
        rig.Plant.Fault = request => request.Unit == 2 ? ModbusFault.NoAnswer : ModbusFault.None;
        rig.Run(300 * Second);
        Assert.InRange(rig.Gaps.Count, 0, 2); // The first silence costs a whole time-out; nobody could know.
        Assert.True(rig.Samples.Count(sample => sample.TagIndex == 2 && sample.Status.IsGood) >= 298);
        Assert.Equal(900, rig.Samples.Count + rig.Source.Counters.SkippedPolls);
    }

    [Fact]
    public void A_steady_poll_allocates_nothing_per_sample()
    {
        // Request, answer, decoding and batch; what the test line itself allocates is the same for 1 tag and for 120.
        var one = AllocatedPerPoll(tags: 1);
        var many = AllocatedPerPoll(tags: 120);
        Assert.True(many - one < 60, $"{one} bytes a poll with 1 tag, {many} with 120");
    }

    private static long AllocatedPerPoll(int tags)
    {
        const int Polls = 1000;
        var plant = new FakePlant();
        var table = new TagTable(Enumerable.Range(0, tags).Select(Some));
        ModbusTag[] list = [.. Enumerable.Range(0, tags).Select(index => new ModbusTag(
            index, new(ModbusFunction.ReadHoldingRegisters, index, 1), new(ModbusType.UInt16, scale: 0.1m), Second))];
        var sink = new SampleSink(list, table, new(tags, 4), plant.Clock);
        var reader = plant.Reader([.. list.Select(tag => tag.Range)]);
        var batches = new List<SampleBatch>();
        async Task Poll()
        {
            for (var i = 0; i < Polls; i++)
            {
                await reader.PollAsync(sink, Second, probe: null, default);
                sink.TakeInto(batches);
                Assert.Equal(tags, batches[0].Count);
                batches[0].Release();
                batches.Clear();
            }
        }

        plant.Clock.Run(() => plant.Client.OpenAsync(default).AsTask());
        plant.Clock.Run(Poll);
        var before = GC.GetAllocatedBytesForCurrentThread();
        plant.Clock.Run(Poll);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Polls;
    }

    private static void AssertGapsLieBetweenSamples(Rig rig)
    {
        var times = rig.Samples.Select(sample => sample.GatewayTime).ToArray();
        foreach (var gap in rig.Gaps)
        {
            Assert.True(gap.From < gap.To);
            Assert.DoesNotContain(times, time => gap.From < time && time < gap.To);
        }
    }

    private static Tag Some(int index) => new() { Id = $"t{index}", DeviceId = "d", Kind = ValueKind.Int64 };

    private static Func<int, (ModbusEndpointUnit, int)> Unit(byte unit, int tags, TimeSpan interval) => first => (
        new ModbusEndpointUnit
        {
            Unit = unit,
            Scope = $"unit {unit}",
            Tags = [.. Enumerable.Range(first, tags).Select(index => new ModbusTag(
                index, new(ModbusFunction.ReadHoldingRegisters, index, 1), new(ModbusType.UInt16), interval))],
        },
        tags);

    private sealed class Rig
    {
        private readonly SourceQueue _queue;

        public Rig(Func<int, (ModbusEndpointUnit Unit, int Tags)>[] units, int capacity = 1000)
        {
            _queue = new(capacity);
            var count = 0;
            var list = new List<ModbusEndpointUnit>();
            foreach (var build in units)
            {
                var (unit, tags) = build(count);
                list.Add(unit);
                count += tags;
            }

            Plant.AddUnit(2);
            Source = new(
                new() { Name = "line", Transport = Plant.Transport, Units = list },
                new(Enumerable.Range(0, count).Select(Some)), new(1000, 16), new() { Jitter = 0 }, () => 0,
                Plant.Clock, NullLogger.Instance);
        }

        public FakePlant Plant { get; } = new();

        public ModbusSource Source { get; }

        public List<Sample> Samples { get; } = [];

        public List<Gap> Gaps { get; } = [];

        /// <summary>Before that the reader sleeps.</summary>
        public TimeSpan DrainsFrom { get; init; }

        public void Run(TimeSpan duration)
        {
            using var stop = new CancellationTokenSource();
            var clock = Plant.Clock;
            clock.Schedule(duration, stop.Cancel);
            for (var at = TimeSpan.FromMilliseconds(50); at < duration; at += TimeSpan.FromMilliseconds(100))
            {
                if (at >= DrainsFrom)
                {
                    clock.Schedule(at, Drain);
                }
            }

            clock.Run(() => Source.RunAsync(_queue, stop.Token));
            Drain();
        }

        private void Drain()
        {
            while (_queue.TryRead(out var item))
            {
                if (item.Gap is { } gap)
                {
                    Gaps.Add(gap);
                    continue;
                }

                for (var row = 0; row < item.Batch!.Count; row++)
                {
                    Samples.Add(item.Batch[row]);
                }

                item.Batch.Release();
            }
        }
    }
}

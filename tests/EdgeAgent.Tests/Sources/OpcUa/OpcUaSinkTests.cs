using EdgeAgent.Configuration.Nodes;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Subscription;
using EdgeAgent.Sources.OpcUa;
using StatusCode = EdgeAgent.Core.Model.StatusCode;

namespace EdgeAgent.Tests.Sources.OpcUa;

public sealed class OpcUaSinkTests
{
    private const uint Overflow = 0x0000_0480;

    [Fact]
    public void Status_and_times_reach_the_batch_unchanged()
    {
        var source = SinkRig.Start.AddTicks(-12_345_677);
        var server = SinkRig.Start.AddTicks(-1);
        var rig = new SinkRig(new NodeFormat(NodeType.Float64)).Take((0, new DataValue(
            Variant.From(1.5), 0x4091_0400, UaDateTime.From(source), UaDateTime.From(server))));

        var sample = Assert.Single(rig.Samples);
        Assert.Equal(UtcTime.From(source), sample.SourceTime);
        Assert.Equal(UtcTime.From(server), sample.ServerTime);
        Assert.Equal(UtcTime.From(SinkRig.Start), sample.GatewayTime);
        Assert.Equal(0x4091_0400u, sample.Status.Value);
        Assert.Equal(1.5, sample.Float64);
        Assert.Equal([BatchOrigin.Live], rig.Origins);
    }

    [Fact]
    public void A_time_that_was_not_given_is_none_and_one_beyond_the_calendar_is_its_end()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32)).Take(
            (0, new DataValue(Variant.From(1))),
            (0, new DataValue(Variant.From(1), 0, new UaDateTime(-5), new UaDateTime(long.MaxValue))));

        Assert.All(rig.Samples, sample => Assert.True(sample.SourceTime.IsNone));
        Assert.True(rig.Samples[0].ServerTime.IsNone);
        Assert.Equal("9999-12-31T23:59:59.9999999Z", rig.Samples[1].ServerTime.ToString());
    }

    [Fact]
    public void A_bad_notification_is_a_bad_sample_whatever_its_value()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32), new NodeFormat(NodeType.String)).Take(
            (0, new DataValue(default, 0x8031_0000)),
            (0, new DataValue(Variant.From(7), 0x808B_0000)),
            (0, new DataValue(Variant.From(7.5), 0x808B_0000)),
            (1, new DataValue(default, 0x8031_0000)));

        Assert.Equal([0x8031_0000u, 0x808B_0000u, 0x808B_0000u, 0x8031_0000u], rig.Samples.Select(s => s.Status.Value));
        Assert.Equal([0, 7, 0, -1], rig.Samples.Select(sample => sample.Bits));
        Assert.Null(rig.Texts[3]);
        Assert.Equal(4, rig.Counters.Bad);
        Assert.Equal(0, rig.Counters.Unfit);
        Assert.Empty(rig.Log.Lines);
    }

    [Fact]
    public void The_overflow_bit_stays_in_the_status_and_is_counted()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32)).Take(
            (0, new DataValue(Variant.From(1), Overflow)), (0, new DataValue(Variant.From(2))),
            (0, new DataValue(Variant.From("x"), Overflow)));

        Assert.Equal([Overflow, 0u, 0x8074_0000u | Overflow], rig.Samples.Select(sample => sample.Status.Value));
        Assert.Equal(2, rig.Counters.Overflows);
    }

    [Fact]
    public void A_value_of_another_type_is_bad_and_said_once_with_what_to_write()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.UInt16), new NodeFormat(NodeType.Bool));
        for (var i = 0; i < 3; i++)
        {
            rig.Take((0, new DataValue(Variant.From(70_000))), (1, new DataValue(Variant.Null)));
        }

        Assert.All(rig.Samples, sample => Assert.Equal(StatusCode.BadTypeMismatch, sample.Status));
        Assert.Equal(
            [
                "server: tag tag0 (nsu=urn:plant;s=Node0) holds a value of type Int32, which is not its type: " +
                "write type int32 in tags.csv",
                "server: tag tag1 (nsu=urn:plant;s=Node1) holds a value of type Null, which is not its type: " +
                "name a field or another node",
            ],
            rig.Log.Lines);
        Assert.Equal(6, rig.Counters.Unfit);
    }

    [Fact]
    public void A_table_full_of_mistakes_does_not_fill_the_log()
    {
        var rig = new SinkRig([.. Enumerable.Repeat(new NodeFormat(NodeType.Int8), 200)], 512);
        for (uint handle = 0; handle < 200; handle++)
        {
            rig.Sink.Bad(handle, new(0x8034_0000));
        }

        rig.Sink.Flush();
        Assert.Equal(200, rig.Samples.Count);
        Assert.Equal(51, rig.Log.Lines.Count);
        Assert.Contains("BadNodeIdUnknown: no such node on this server", rig.Log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("more tags", rig.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_every_kind_are_texts()
    {
        var id = Guid.Parse("72962b91-fa75-4ae6-8d28-b404dc7daf63");
        var rig = new SinkRig(new NodeFormat(NodeType.String), new NodeFormat(NodeType.DateTime)).Take(
            (0, new DataValue(Variant.From("一号窑"))),
            (0, new DataValue(Variant.From(new LocalizedText("zh-CN", "运行")))),
            (0, new DataValue(Variant.From(new QualifiedName(2, "Run")))),
            (0, new DataValue(Variant.From(id))),
            (0, new DataValue(Variant.From((string?)null))),
            (0, new DataValue(Variant.From(5))),
            (1, new DataValue(Variant.From(UaDateTime.From(SinkRig.Start.AddTicks(1))))),
            (1, new DataValue(Variant.From("2026"))));

        Assert.Equal(
            ["一号窑", "运行", "Run", "72962b91-fa75-4ae6-8d28-b404dc7daf63", null, null,
                "2026-03-02T08:00:00.0000001Z", null],
            rig.Texts);
        Assert.Equal(
            [true, true, true, true, true, false, true, false], rig.Samples.Select(sample => sample.Status.IsGood));
    }

    [Fact]
    public void An_array_is_no_value_of_a_plain_tag()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Float64)).Take(
            (0, new DataValue(Variant.From(new UaArray(BuiltInType.Double, new[] { 1.0, 2.0 })))));

        Assert.Equal(StatusCode.BadTypeMismatch, rig.Samples[0].Status);
    }

    [Fact]
    public void Handles_that_are_none_of_ours_are_left_out()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32)).Take(
            (1, new DataValue(Variant.From(1))), (uint.MaxValue, new DataValue(Variant.From(1))));
        rig.Sink.Bad(9, new(0x8034_0000));

        Assert.Empty(rig.Samples);
        Assert.Equal(0, rig.Counters.Values);
    }

    [Fact]
    public void History_is_kept_apart_from_what_happens_now()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32));
        rig.Sink.Bad(0, new(0x8031_0000));
        rig.Sink.Take(SinkRig.Columns((0, new DataValue(Variant.From(1)))), ValueOrigin.Backfilled);
        rig.Sink.Take(SinkRig.Columns((0, new DataValue(Variant.From(2)))), ValueOrigin.Resent);
        rig.Sink.Take(SinkRig.Columns((0, new DataValue(Variant.From(2)))), ValueOrigin.Confirmed);
        rig.Take((0, new DataValue(Variant.From(2))));

        Assert.Equal(5, rig.Samples.Count);
        Assert.Equal(
            [BatchOrigin.Live, BatchOrigin.Backfill, BatchOrigin.Live, BatchOrigin.Live, BatchOrigin.Live],
            rig.Origins);
        Assert.Equal((1, 1, 1), (rig.Counters.Backfilled, rig.Counters.Resent, rig.Counters.Confirmed));
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_lies_inside_one_gap()
    {
        var rig = new SinkRig([new NodeFormat(NodeType.Int32)], batchRows: 1);
        var value = new DataValue(Variant.From(1));
        while (rig.Sink.HasRoom)
        {
            rig.Take((0, value));
        }

        // What had been asked for still finds room.
        Assert.Equal(BatchWriter.QueueCapacity / 4, rig.Output.Count);
        for (var i = rig.Output.Count; i < BatchWriter.QueueCapacity; i++)
        {
            rig.Take((0, value));
        }

        var last = UtcTime.Now(rig.Clock);
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        rig.Take((0, value), (0, value));
        Assert.Equal(BatchWriter.QueueCapacity, rig.Samples.Count);
        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        rig.Take((0, value));

        var gap = Assert.Single(rig.Gaps);
        Assert.Equal((last, UtcTime.Now(rig.Clock), GapCause.QueueOverflow), (gap.From, gap.To, gap.Cause));
        Assert.StartsWith("2 values", gap.Detail, StringComparison.Ordinal);
        Assert.Equal(BatchWriter.QueueCapacity + 1, rig.Samples.Count);
        Assert.Equal(2, rig.Counters.Lost);
    }

    [Fact]
    public void A_gap_concerns_the_device_of_its_tags_or_the_endpoint()
    {
        var rig = new SinkRig([.. Enumerable.Repeat(new NodeFormat(NodeType.Int32), 4)], 8);
        var (from, to) = (UaDateTime.From(SinkRig.Start.AddTicks(-7)), UaDateTime.From(SinkRig.Start));
        foreach (var handles in (uint[]?[])[[0, 1], [1, 2], null])
        {
            rig.Sink.Lost(new(handles, from, to, LossCause.MessagesLost, "Lost."));
        }

        Assert.Equal(["device0", "server", "server"], rig.Gaps.Select(gap => gap.Scope));
        Assert.All(rig.Gaps, gap => Assert.Equal(
            (UtcTime.From(SinkRig.Start.AddTicks(-7)), UtcTime.From(SinkRig.Start), GapCause.DataLost, "Lost."),
            (gap.From, gap.To, gap.Cause, gap.Detail)));
    }

    [Fact]
    public void A_gap_without_edges_reaches_from_the_start_to_now()
    {
        var rig = new SinkRig(new NodeFormat(NodeType.Int32));
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        rig.Sink.Lost(new(null, UaDateTime.None, UaDateTime.None, LossCause.ConnectionLost, ""));

        var gap = Assert.Single(rig.Gaps);
        Assert.Equal((UtcTime.From(SinkRig.Start), UtcTime.Now(rig.Clock)), (gap.From, gap.To));
    }

    [Fact]
    public void Every_loss_has_a_cause_of_its_own_in_the_journal()
    {
        foreach (var cause in Enum.GetValues<LossCause>())
        {
            Assert.True(Enum.IsDefined(LossText.Cause(cause)), cause.ToString());
        }
    }

    [Fact]
    public void A_field_is_found_in_an_array_and_its_absence_is_bad()
    {
        var rig = new SinkRig([new NodeFormat(NodeType.Float64)], 8, field: "[1]").Take(
            (0, new DataValue(Variant.From(new UaArray(BuiltInType.Double, new[] { 1.0, 2.5 })))),
            (0, new DataValue(Variant.From(new UaArray(BuiltInType.Double, new[] { 1.0 })))),
            (0, new DataValue(Variant.From(1.0))));

        Assert.Equal(2.5, rig.Samples[0].Float64);
        Assert.Equal(
            [0u, 0x8037_0000u, 0x8074_0000u], rig.Samples.Select(sample => sample.Status.Value));
    }

    [Fact]
    public void A_number_costs_no_allocation()
    {
        const int Rows = 1_000;
        var formats = new[]
        {
            new NodeFormat(NodeType.Float64), new NodeFormat(NodeType.Int32), new NodeFormat(NodeType.Bool),
            new NodeFormat(NodeType.Int16, 0.1m, -40), new NodeFormat(NodeType.Float32, 2.5m),
        };
        var rig = new SinkRig(formats);
        Variant[] values =
            [Variant.From(1.5), Variant.From(-3), Variant.From(true), Variant.From((short)250), Variant.From(2f)];
        var columns = SinkRig.Columns([.. Enumerable.Range(0, Rows).Select(row => (
            (uint)(row % values.Length),
            new DataValue(
                values[row % values.Length], 0, UaDateTime.From(SinkRig.Start), UaDateTime.From(SinkRig.Start))))]);

        var allocated = AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                rig.Sink.Take(columns, ValueOrigin.Live);
                while (rig.Output.TryRead(out var item))
                {
                    item.Batch!.Release();
                }
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal(-15.0, Sample(rig, columns));
    }

    private static double Sample(SinkRig rig, EdgeAgent.OpcUa.Services.ValueColumns columns)
    {
        rig.Sink.Take(columns, ValueOrigin.Live);
        return rig.Samples.First(sample => sample.TagIndex == 3).Float64;
    }
}

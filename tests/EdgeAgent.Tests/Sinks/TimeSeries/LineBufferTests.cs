using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Tests.Sinks.TimeSeries;

public sealed class LineBufferTests
{
    private static readonly TagTable Tags = new(
    [
        new() { Id = "kiln1.temperature", DeviceId = "1号窑", Kind = ValueKind.Float64 },
        new() { Id = "press2.count", DeviceId = "2号压机", Kind = ValueKind.Int64 },
        new() { Id = "press2.running", DeviceId = "2号压机", Kind = ValueKind.Boolean },
        new() { Id = "press2.order", DeviceId = "2号压机", Kind = ValueKind.Text },
    ]);

    private readonly SampleBatchPool _pool = new(1_000, 4);

    [Fact]
    public void A_full_buffer_leaves_the_rest_of_the_batch_for_later()
    {
        using var batch = new Rented(Fill(10));
        var buffer = new LineBuffer("samples", TimestampPrecision.Milliseconds, bytesMax: 4096, rowsMax: 4);

        Assert.Equal(4, buffer.Add(batch.Value, 0));
        Assert.Equal(4, Lines(buffer).Length);
        buffer.Clear();
        Assert.Equal(8, buffer.Add(batch.Value, 4));
        buffer.Clear();
        Assert.Equal(10, buffer.Add(batch.Value, 8));
        Assert.Equal(2, buffer.Rows);
    }

    [Fact]
    public void A_buffer_full_of_bytes_holds_whole_lines_only()
    {
        using var batch = new Rented(Fill(100));
        var buffer = new LineBuffer("samples", TimestampPrecision.Milliseconds, bytesMax: 500, rowsMax: 1_000);

        var row = 0;
        var lines = new List<string>();
        while (row < batch.Value.Count)
        {
            row = buffer.Add(batch.Value, row);
            lines.AddRange(Lines(buffer));
            buffer.Clear();
        }

        Assert.Equal(100, lines.Count);
        Assert.Equal(0, buffer.Unwritable);
        Assert.Equal(lines, lines.Distinct());
    }

    [Fact]
    public void What_no_line_can_hold_is_counted_and_passed()
    {
        var batch = _pool.Rent(Tags);
        var now = UtcTime.From(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        batch.AddText(3, now, default, now, default, new('x', 1_000));
        batch.Add(0, new(long.MaxValue), default, new(long.MaxValue), default, 0);
        batch.Add(0, new(long.MaxValue), default, now, default, Sample.BitsOf(3.0));
        var buffer = new LineBuffer("samples", TimestampPrecision.Seconds, bytesMax: 500, rowsMax: 10);

        Assert.Equal(3, buffer.Add(batch, 0));
        Assert.Equal(2, buffer.Unwritable);
        Assert.Equal(
            ["samples,device=1号窑,tag=kiln1.temperature value=3,status=0i 1767225600"], Lines(buffer));
    }

    [Fact]
    public void Formatting_allocates_nothing_per_sample()
    {
        using var batch = new Rented(Fill(1_000));
        var buffer = new LineBuffer("samples", TimestampPrecision.Nanoseconds, bytesMax: 1 << 20, rowsMax: 1_000);
        var row = 0;
        var allocated = AllocatedBytes.Of(() =>
        {
            buffer.Clear();
            row = buffer.Add(batch.Value, 0);
        });

        Assert.Equal(1_000, row);
        Assert.Equal(0, allocated);
    }

    private SampleBatch Fill(int rows)
    {
        var batch = _pool.Rent(Tags);
        for (var i = 0; i < rows; i++)
        {
            var time = UtcTime.FromMicroseconds(1_767_225_600_000_000 + (i * 1_000L));
            var status = i % 10 == 9 ? StatusCode.BadTimeout : StatusCode.Good;
            switch (i % 4)
            {
                case 0:
                    batch.Add(0, UtcTime.None, default, time, status, Sample.BitsOf(i / 7.0));
                    break;
                case 3:
                    batch.AddText(3, UtcTime.None, default, time, status, "订单 \"7\"");
                    break;
                default:
                    batch.Add(i % 4, UtcTime.None, default, time, status, i);
                    break;
            }
        }

        return batch;
    }

    private static string[] Lines(LineBuffer buffer) =>
        Encoding.UTF8.GetString(buffer.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Rented(SampleBatch Value) : IDisposable
    {
        public void Dispose() => Value.Release();
    }
}

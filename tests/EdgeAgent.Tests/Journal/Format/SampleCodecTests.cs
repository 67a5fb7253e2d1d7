using CsCheck;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal.Format;

namespace EdgeAgent.Tests.Journal.Format;

public sealed class SampleCodecTests
{
    private static readonly TagTable Tags = Some.Tags(12);
    private static readonly SampleBatchPool Pool = new(JournalFormat.MaxRows, 4);

    private static readonly Gen<long> AnyTicks = Gen.OneOf(
        Gen.Const(UtcTime.None.Ticks), Gen.Long, Gen.Long[Some.Start.Ticks, Some.Start.Ticks + 50_000_000]);

    private static readonly Gen<long> AnyBits = Gen.OneOf(
        Gen.Long,
        Gen.Long[-300, 300],
        Gen.Double.Select(Sample.BitsOf),
        Gen.Float.Select(value => Sample.BitsOf(value)),
        Gen.Int[-2000, 2000].Select(value => Sample.BitsOf(value / 100.0)),
        Gen.Int[-2000, 2000].Select(value => Sample.BitsOf((value * 0.05) - 40)));

    // Any char is allowed in a text, also halves of surrogate pairs.
    private static readonly Gen<string?> AnyText = Gen.OneOf(
        Gen.Const((string?)null),
        Gen.Const((string?)""),
        Gen.Char.Array[0, 20].Select(chars => (string?)new string(chars)));

    private static readonly Gen<uint> AnyStatus = Gen.OneOf(Gen.Const(0u), Gen.Const(0x800A0000u), Gen.UInt);

    private static readonly Gen<Row> AnyRow = Gen.Select(
        Gen.Int[0, 11], AnyTicks, AnyTicks, AnyTicks, AnyStatus, AnyBits, AnyText,
        (tag, source, server, gateway, status, bits, text) =>
            new Row(tag, source, server, gateway, status, bits, text));

    // Rows as a poll has them: tags in order, one time, no source time.
    private static readonly Gen<Row[]> AnyPoll = Gen
        .Select(Gen.Int[0, 11], Gen.Int[1, 12], AnyTicks, AnyBits.Array[12], AnyText)
        .Select((first, count, time, bits, text) => Enumerable.Range(0, count).Select(i => new Row(
            (first + i) % 12, UtcTime.None.Ticks, UtcTime.None.Ticks, time, 0, bits[i], text)).ToArray());

    [Fact]
    public void Any_batches_come_back_exactly() =>
        Gen.Select(Gen.OneOf(AnyRow.Array[1, 60], AnyPoll).Array[1, 12], Gen.Bool).Sample((batches, backfill) =>
        {
            var encoder = new SampleEncoder(Tags);
            var decoder = new SampleDecoder(Tags);
            foreach (var rows in batches)
            {
                var batch = Fill(rows, backfill ? BatchOrigin.Backfill : BatchOrigin.Live);
                Assert.Null(encoder.Problem(batch));
                var count = encoder.CountRows(batch, 0, out var maxBytes);
                var body = new byte[maxBytes];
                var length = encoder.Write(batch, 0, count, body);

                var read = Pool.Rent(Tags);
                decoder.Read(body.AsSpan(0, length), read);

                AssertSame(batch, read);
                batch.Release();
                read.Release();
            }
        }, iter: 2_000);

    [Fact]
    public void Arbitrary_bytes_are_refused_or_read_and_nothing_else() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            var batch = Pool.Rent(Tags);
            try
            {
                new SampleDecoder(Tags).Read(bytes, batch);
            }
            catch (JournalFormatException)
            {
                // The one exception that the reader knows.
            }
            finally
            {
                batch.Release();
            }
        }, iter: 20_000);

    [Fact]
    public void Every_shorter_body_is_refused()
    {
        var encoder = new SampleEncoder(Tags);
        var batch = Some.Poll(Pool, Tags, 5);
        var count = encoder.CountRows(batch, 0, out var maxBytes);
        var body = new byte[maxBytes];
        var length = encoder.Write(batch, 0, count, body);

        for (var cut = 0; cut < length; cut++)
        {
            var read = Pool.Rent(Tags);
            Assert.Throws<JournalFormatException>(() => new SampleDecoder(Tags).Read(body.AsSpan(0, cut), read));
            read.Release();
        }
    }

    [Fact]
    public void The_worst_rows_fit_into_the_room_that_is_asked_for()
    {
        var random = new Random(3);
        var encoder = new SampleEncoder(Tags);
        var batch = Pool.Rent(Tags);
        for (var row = 0; row < JournalFormat.MaxRows; row++)
        {
            var ticks = row % 2 == 0 ? long.MaxValue : long.MinValue + 1;
            var status = new StatusCode((uint)random.NextInt64());
            var tag = (row % 3) + ((row * 5 % 3) * 4);
            batch.Add(tag, new(ticks), new(-ticks), new(ticks), status, random.NextInt64());
        }

        var count = encoder.CountRows(batch, 0, out var maxBytes);
        var body = new byte[maxBytes];
        var length = encoder.Write(batch, 0, count, body);

        Assert.InRange(maxBytes, length, JournalFormat.MaxBodyBytes);
        batch.Release();
    }

    [Fact]
    public void Rows_that_do_not_fit_their_table_are_refused_before_anything_is_written()
    {
        var encoder = new SampleEncoder(Tags);
        var unknownTag = Pool.Rent(Tags);
        unknownTag.Add(12, UtcTime.None, UtcTime.None, Some.Start, StatusCode.Good, 0);
        var unknownText = Pool.Rent(Tags);
        unknownText.Add(3, UtcTime.None, UtcTime.None, Some.Start, StatusCode.Good, 0);
        var longText = Pool.Rent(Tags);
        longText.AddText(3, UtcTime.None, UtcTime.None, Some.Start, StatusCode.Good, new string('x', 400_000));

        Assert.Equal("Row 0 names tag 12 of 12.", encoder.Problem(unknownTag));
        Assert.Equal("Row 0 names text 0 of 0.", encoder.Problem(unknownText));
        Assert.Contains("400000 characters", encoder.Problem(longText), StringComparison.Ordinal);
    }

    private static SampleBatch Fill(Row[] rows, BatchOrigin origin)
    {
        var batch = Pool.Rent(Tags);
        batch.Origin = origin;
        foreach (var row in rows)
        {
            if (Tags[row.Tag].Kind == ValueKind.Text)
            {
                batch.AddText(row.Tag, new(row.Source), new(row.Server), new(row.Gateway), new(row.Status), row.Text);
            }
            else
            {
                batch.Add(row.Tag, new(row.Source), new(row.Server), new(row.Gateway), new(row.Status), row.Bits);
            }
        }

        return batch;
    }

    private static void AssertSame(SampleBatch expected, SampleBatch actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Origin, actual.Origin);
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.Equal(expected[row], actual[row]);
            if (Tags[expected[row].TagIndex].Kind == ValueKind.Text)
            {
                Assert.Equal(expected.TextAt(row), actual.TextAt(row));
            }
        }
    }

    private sealed record Row(int Tag, long Source, long Server, long Gateway, uint Status, long Bits, string? Text);
}

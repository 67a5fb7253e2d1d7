using EdgeAgent.Journal.Format;

namespace EdgeAgent.Tests.Journal.Format;

public sealed class RealisticMixTests(ITestOutputHelper output)
{
    // Everything counts: heads, checksums, runs starting over. One hour; a batch per device, as Modbus sources make
    // them.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void A_numeric_sample_takes_at_most_four_bytes(int deviceCount)
    {
        var mix = new RealisticMix(200);
        var encoder = new EdgeAgent.Journal.Segments.SegmentEncoder(1, 0, 0, mix.Tags);
        var group = new EdgeAgent.Journal.Segments.CommitGroup();
        var start = encoder.StartSegment(mix.Tags, Some.Start);
        long bytes = JournalFormat.HeaderBytes + start.TagSection.Length;
        for (var second = 0; second < 3_600; second++)
        {
            foreach (var batch in mix.Poll(deviceCount))
            {
                encoder.Encode(batch, group);
                batch.Release();
            }

            bytes += group.Bytes.Length;
            group.ClearBytes();
        }

        var bytesPerSample = (double)bytes / encoder.NextSequence;
        output.WriteLine($"{bytesPerSample:F2} bytes a sample, {deviceCount} batches of {200 / deviceCount} rows");
        Assert.Equal(3_600 * 200, encoder.NextSequence);
        Assert.InRange(bytesPerSample, 0.5, 4.0);
    }
}

using System.Security.Cryptography;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.Journal.Format;
using EdgeAgent.Journal.Segments;
using EdgeAgent.Tests.Journal.Disk;

namespace EdgeAgent.Tests.Journal.Format;

/// <summary>One small segment, byte for byte: pinned, damaged in every bit, and cut at every length.</summary>
public sealed class SegmentGoldenTests
{
    private const ulong Epoch = 0x0123_4567_89AB_CDEF;
    private const int Polls = 12;
    private const int TagCount = 8;

    private static readonly string Name = JournalFormat.SegmentName(1);
    private static readonly TagTable Tags = Some.Tags(TagCount);
    private static readonly byte[] Golden = Build();

    /// <summary>
    /// If this fails, the format has changed: old journals read wrongly. Raise JournalFormat.Version, say in its
    /// drawing what changed, and pin the new hash.
    /// </summary>
    [Fact]
    public void The_golden_segment_is_the_same_byte_for_byte() =>
        Assert.Equal(
            "6556E92D3AD27B402DBDAA379CC5CF9DCFDB0BD1DABFB2B8850EB722A07A0453",
            Convert.ToHexString(SHA256.HashData(Golden)));

    [Fact]
    public void The_golden_segment_reads_back()
    {
        var (samples, gaps, findings) = Read(Golden);

        Assert.Equal(Polls * TagCount, samples);
        Assert.Equal(1, gaps);
        Assert.Empty(findings);
    }

    [Fact]
    public void No_flipped_byte_ever_makes_a_wrong_number()
    {
        for (var offset = 0; offset < Golden.Length; offset++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = (byte[])Golden.Clone();
                damaged[offset] ^= (byte)(1 << bit);

                var (samples, _, findings) = Read(damaged);

                Assert.True(samples < Polls * TagCount || IsGap(offset), $"Offset {offset}, bit {bit}: not noticed.");
                Assert.True(findings.Count > 0, $"Offset {offset}, bit {bit}: not reported.");
            }
        }
    }

    [Fact]
    public void Any_overwritten_stretch_is_missing_and_never_wrong()
    {
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var damaged = (byte[])Golden.Clone();
            var offset = random.Next(Golden.Length);
            var stretch = damaged.AsSpan(offset, random.Next(1, Golden.Length - offset + 1));
            switch (i % 3)
            {
                case 0:
                    stretch.Clear();
                    break;
                case 1:
                    random.NextBytes(stretch);
                    break;
                default:
                    // A block that was written to the wrong place.
                    Golden.AsSpan(random.Next(Golden.Length - stretch.Length + 1), stretch.Length).CopyTo(stretch);
                    break;
            }

            Read(damaged);
        }
    }

    [Fact]
    public void A_whole_record_at_another_place_is_no_record()
    {
        // The last record once more behind itself, as a disk leaves it that repeats a write.
        var scanner = Scan(Golden);
        ScanStep last = default;
        while (scanner.TryNext(out var step))
        {
            last = step;
        }

        var repeated = (byte[])[.. Golden, .. Golden[(int)last.Offset..]];
        scanner = Scan(repeated);
        scanner.GoTo(Golden.Length);

        Assert.True(scanner.TryNext(out var repetition));
        Assert.False(repetition.IsRecord);
    }

    [Fact]
    public void Cut_at_every_length_it_opens_with_what_was_whole_and_says_what_it_cut()
    {
        var before = 0;
        for (var length = 0; length <= Golden.Length; length++)
        {
            var files = new MemoryFileSystem { [Name] = Golden[..length] };
            using var journal = SampleJournal.OpenOn(
                files, JournalRig.Config(), Tags, TimeProvider.System);

            var kept = files.List("").Contains(Name) ? files[Name].Length : 0;
            var (samples, gaps, _) = Read(Golden[..length]);
            var cut = journal.Recovery.Findings.Where(finding => finding.Kind == RecoveryFindingKind.TornTail).ToList();

            Assert.True(samples + gaps >= before, $"{length} bytes give fewer entries than {length - 1}.");
            before = samples + gaps;
            if (length >= JournalFormat.HeaderBytes + 1 && cut.Count > 0)
            {
                Assert.Equal(Name, cut[^1].File);
                Assert.Equal(length - kept, cut.Sum(finding => finding.Bytes));
            }

            // What was cut may have had numbers: they are not given again.
            Assert.True(journal.Recovery.NextSequence >= samples + gaps);
        }

        Assert.Equal((Polls * TagCount) + 1, before);
    }

    private static bool IsGap(int offset)
    {
        var scanner = Scan(Golden);
        while (scanner.TryNext(out var step))
        {
            if (offset >= step.Offset && offset < step.Offset + step.Bytes)
            {
                return step.Kind == RecordKind.Gap;
            }
        }

        return false;
    }

    private static RecordScanner Scan(byte[] segment) => new(
        new(new MemoryFileSystem { [Name] = segment }.Open(Name, forWriting: false)),
        SegmentHeader.Read(segment)!,
        segment.Length);

    /// <summary>Reads all there is; fails if a single number is wrong.</summary>
    private static (int Samples, int Gaps, IReadOnlyList<RecoveryFinding> Findings) Read(byte[] segment)
    {
        using var reader = JournalReader.Open("/journal", Tags, new MemoryFileSystem { [Name] = segment });
        var (samples, gaps, position) = (0, 0, 0L);
        while (reader.TryRead(out var entry))
        {
            Assert.Equal(position, entry.Sequence);
            position = entry.NextSequence;
            for (var row = 0; row < entry.Batch?.Count; row++)
            {
                var poll = Some.AssertTrue(entry.Batch, row);

                // The right number at the wrong place would be wrong, too. The gap has number 48.
                var sequence = (poll * TagCount) + entry.Batch[row].TagIndex;
                Assert.Equal(sequence < Polls / 2 * TagCount ? sequence : sequence + 1, entry.Sequence + row);
                samples++;
            }

            if (entry.Gap is { } gap && gap.Cause != GapCause.StorageDamaged)
            {
                Assert.Equal(TheGap(), gap);
                gaps++;
            }

            entry.Batch?.Release();
        }

        return (samples, gaps, reader.Findings);
    }

    private static Gap TheGap() =>
        new("line 1", Some.TimeOf(Polls / 2), Some.TimeOf((Polls / 2) + 1), GapCause.SourceOffline, "没有应答");

    private static byte[] Build()
    {
        var pool = new SampleBatchPool(TagCount, 4);
        var encoder = new SegmentEncoder(Epoch, 0, 0, Tags);
        var group = new CommitGroup { Start = encoder.StartSegment(Tags, Some.Start) };
        for (var poll = 0; poll < Polls; poll++)
        {
            if (poll == Polls / 2)
            {
                encoder.Encode(TheGap(), group);
            }

            encoder.Encode(Some.Poll(pool, Tags, poll), group);
        }

        var files = new MemoryFileSystem();
        using var writer = new SegmentWriter(files, "/journal", Epoch, default);
        writer.Write(group);
        return files[Name];
    }
}

using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>"journal" in agent.json: how samples are kept on disk.</summary>
internal sealed record JournalConfig
{
    public static JournalConfig Default { get; } = Read(JsonSection.Empty());

    /// <summary>Bytes after which a new segment begins.</summary>
    public required long SegmentBytes { get; init; }

    /// <summary>Longest time a sample waits to be durable.</summary>
    public required TimeSpan CommitInterval { get; init; }

    /// <summary>Bytes that are made durable at once without waiting for the interval.</summary>
    public required int CommitBytes { get; init; }

    /// <summary>Read segments beyond these bytes are deleted, oldest first.</summary>
    public required long RetentionBytes { get; init; }

    /// <summary>Read segments older than this are deleted.</summary>
    public required TimeSpan RetentionAge { get; init; }

    /// <summary>Bytes the journal never exceeds.</summary>
    public required long BudgetBytes { get; init; }

    public static JournalConfig Read(JsonSection json)
    {
        var config = new JournalConfig
        {
            // A segment is the unit of deletion and of checking after a crash: 64 MiB is scanned in under a second from
            // slow flash, and holds about four hours of 1,000 tags a second at 4 bytes a sample.
            SegmentBytes = json["segmentBytes"].Size(64 * SizeText.MiB, 1 * SizeText.MiB, 1 * SizeText.GiB),

            // What a power cut may cost. Five fsyncs a second are what industrial flash bears for years.
            CommitInterval = json["commitInterval"].Duration(
                TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10)),

            // An fsync costs the same for 4 KiB as for 256 KiB on flash; beyond that, waiting saves nothing.
            CommitBytes = (int)json["commitBytes"].Size(256 * SizeText.KiB, 4 * SizeText.KiB, 4 * SizeText.MiB),

            // A quarter of the smallest usual disk (8 GiB) stays for the system, half of the rest for the raw samples.
            RetentionBytes = json["retentionBytes"].Size(1536 * SizeText.MiB, 1 * SizeText.MiB, 16 * SizeText.TiB),

            // The window in which a device has to show a Good sample to count as networked is 30 days.
            RetentionAge = json["retentionAge"].Duration(
                TimeSpan.FromDays(30), TimeSpan.FromHours(1), TimeSpan.FromDays(3650)),

            // Retention plus a reserve for a reader that is behind.
            BudgetBytes = json["budgetBytes"].Size(2 * SizeText.GiB, 4 * SizeText.MiB, 16 * SizeText.TiB),
        };

        // Deletion works by whole segments: with fewer than this many, deleting the oldest loses a large part at once,
        // and one being written plus one being read leave none to delete.
        const int MinSegments = 4;
        if (config.BudgetBytes <= MinSegments * config.SegmentBytes)
        {
            json["budgetBytes"].Error(
                ($"（{SizeText.Format(config.BudgetBytes)}）放不下 {MinSegments} 个 segmentBytes" +
                    $"（{SizeText.Format(config.SegmentBytes)}）",
                    $"({SizeText.Format(config.BudgetBytes)}) is not more than {MinSegments} times segmentBytes " +
                    $"({SizeText.Format(config.SegmentBytes)})"),
                ($"大于 {SizeText.Format(MinSegments * config.SegmentBytes)}，或减小 segmentBytes",
                    $"more than {SizeText.Format(MinSegments * config.SegmentBytes)}, or a smaller segmentBytes"));
        }

        if (config.RetentionBytes > config.BudgetBytes)
        {
            json["retentionBytes"].Error(
                ($"（{SizeText.Format(config.RetentionBytes)}）大于 budgetBytes（{SizeText.Format(config.BudgetBytes)}）",
                    $"({SizeText.Format(config.RetentionBytes)}) is more than budgetBytes " +
                    $"({SizeText.Format(config.BudgetBytes)})"),
                ($"不大于 {SizeText.Format(config.BudgetBytes)}", $"at most {SizeText.Format(config.BudgetBytes)}"));
        }

        if (config.CommitBytes > config.SegmentBytes / 2)
        {
            json["commitBytes"].Error(
                ("超过 segmentBytes 的一半", "is more than half of segmentBytes"),
                ($"不大于 {SizeText.Format(config.SegmentBytes / 2)}",
                    $"at most {SizeText.Format(config.SegmentBytes / 2)}"));
        }

        json.Finish();
        return config;
    }
}

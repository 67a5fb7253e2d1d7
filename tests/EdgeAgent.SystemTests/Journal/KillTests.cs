using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Journal;
using EdgeAgent.JournalStress;

namespace EdgeAgent.SystemTests.Journal;

/// <summary>A process that writes under full load is killed again and again, at random moments.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int LifeCount = 60;

    [Fact]
    public async Task Kill_9_never_takes_or_doubles_what_was_durable_and_every_hole_is_a_gap()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var folder = new ScratchFolder();
        var promised = new Dictionary<long, long>();
        var cursor = 0L;
        for (var life = 0; life < LifeCount; life++)
        {
            // Some are killed while the runtime starts or the journal recovers, most while they write.
            var lines = await LiveAsync(folder.Path, life, TimeSpan.FromMilliseconds(random.Next(40, 500)));
            foreach (var line in lines)
            {
                if (line[0] == "D")
                {
                    // What was read and not committed is read again, and must then be the same.
                    var (sequence, n) = (Number(line[1]), Number(line[2]));
                    Assert.True(
                        promised.TryAdd(sequence, n) || promised[sequence] == n, $"Entry {sequence} has changed.");
                }
                else
                {
                    cursor = Number(line[1]);
                }
            }

            // What the next life finds, before it mends anything.
            using var reader = JournalReader.Open(folder.Path, StressSamples.Tags);
            Assert.True(promised.Count == 0 || promised.Keys.Max() < reader.NextSequence, "The end is lost.");
        }

        Assert.True(promised.Count > LifeCount, "The process hardly ever wrote: this test proved nothing.");
        var promiseCount = promised.Count;
        var sampleCount = Check(folder.Path, promised);
        CheckCursor(folder.Path, cursor);
        output.WriteLine($"{LifeCount} kills, {promiseCount} promises, {sampleCount} samples");
    }

    /// <summary>Runs the process until it is killed; returns the whole lines that it said.</summary>
    private static async Task<List<string[]>> LiveAsync(string folder, int life, TimeSpan time)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "EdgeAgent.JournalStress.dll");
        string[] arguments = ["exec", program, folder, life.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        Task<string> said;
        Task<string> failed;
        try
        {
            said = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            failed = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await Task.Delay(time, TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal("", await failed);
        Assert.Equal(128 + 9, process.ExitCode);
        var text = await said;
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))];
    }

    private static long Check(string folder, Dictionary<long, long> promised)
    {
        using var reader = JournalReader.Open(folder, StressSamples.Tags);
        var gaps = new Dictionary<long, long>();
        var numbers = new List<long>();
        var samples = 0L;
        while (reader.TryRead(out var entry))
        {
            if (entry.Batch is { } batch)
            {
                var n = StressSamples.NumberAt(batch.GatewayTimes[0]);
                numbers.Add(n);
                Assert.Equal(StressSamples.TagCount, batch.Count);
                for (var row = 0; row < batch.Count; row++)
                {
                    Assert.Equal(StressSamples.Row(row, n), batch[row]);
                }

                if (promised.Remove(entry.Sequence, out var expectedNumber))
                {
                    Assert.Equal(expectedNumber, n);
                }

                samples += batch.Count;
                batch.Release();
            }
            else if (entry.Gap!.Cause == GapCause.AgentStopped)
            {
                gaps[StressSamples.NumberAt(entry.Gap.From)] = StressSamples.NumberAt(entry.Gap.To);
            }
        }

        Assert.Empty(promised);
        for (var i = 1; i < numbers.Count; i++)
        {
            if (numbers[i] != numbers[i - 1] + 1)
            {
                Assert.True(IsCovered(gaps, numbers[i - 1], numbers[i]), $"{numbers[i - 1]} to {numbers[i]}: no gap.");
            }
        }

        return samples;
    }

    // A life that was killed right after its first entry leaves a gap that ends where the next life's gap begins.
    private static bool IsCovered(Dictionary<long, long> gaps, long from, long to)
    {
        while (from < to && gaps.TryGetValue(from, out var end) && end > from)
        {
            from = end;
        }

        return from == to;
    }

    private static void CheckCursor(string folder, long committed)
    {
        var config = new JournalConfig { Folder = folder, BallastBytes = 0 };
        using var journal = SampleJournal.Open(config, StressSamples.Tags, TimeProvider.System);
        using var cursor = journal.OpenCursor("stress");
        Assert.True(cursor.CommittedPosition >= committed, "The position of the reader went back.");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

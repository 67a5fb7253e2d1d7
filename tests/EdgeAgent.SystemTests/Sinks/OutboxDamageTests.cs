using System.Text;
using EdgeAgent.Sinks;
using EdgeAgent.SystemTests.Peers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.SystemTests.Sinks;

/// <summary>What a dying disk, a power cut or a careless hand does to the file.</summary>
public sealed class OutboxDamageTests : IDisposable
{
    private const int Rows = 200;
    private const int Flips = 400;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("outbox.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flipped_bit_is_never_sent_as_a_message_and_no_message_goes_silently()
    {
        using (var outbox = Open())
        {
            outbox.PutAll([.. Enumerable.Range(0, Rows).Select(Message)], "kpi", Rows);
        }

        var sound = File.ReadAllBytes(Path);
        var random = new Random(20260101);
        var noticed = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            var bit = random.Next(sound.Length * 8);
            var bytes = sound.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            using var folder = new TempFolder();
            File.WriteAllBytes(folder.File("outbox.db"), bytes);

            using var outbox = Outbox.Open(folder.File("outbox.db"), new(), TimeProvider.System, NullLogger.Instance);
            var taken = outbox.Take(0, Rows * 2, long.MaxValue);
            var counters = outbox.ReadCounters();
            Assert.All(taken, row => Assert.True(IsGenuine(row.Message), $"bit {bit}: {row.Message.Id}"));
            Assert.Equal(taken.Count, taken.Select(row => row.Message.Id).Distinct().Count());
            Assert.True(
                outbox.ReadPosition("kpi") is null or Rows, $"bit {bit}: position {outbox.ReadPosition("kpi")}");
            if (taken.Count < Rows)
            {
                Assert.True(outbox.SetAside is not null || counters.Quarantined > 0, $"bit {bit}: {counters}");
                noticed++;

                // Damage is a delay: the reader puts everything again, and then everything is there.
                outbox.PutAll([.. Enumerable.Range(0, Rows).Select(Message)], "kpi", Rows);
                Assert.Equal(Rows, outbox.Take(0, Rows * 2, long.MaxValue).Count);
            }
        }

        Assert.InRange(noticed, 1, Flips); // Or the test damages nothing that counts.
    }

    [Theory]
    [InlineData(0, false)] // To SQLite this is a new file.
    [InlineData(1, false)]
    [InlineData(100, true)]
    [InlineData(4096, true)]
    [InlineData(20_000, true)]
    public void A_truncated_file_is_set_aside_and_a_new_one_begun(int length, bool setAside)
    {
        using (var outbox = Open())
        {
            outbox.PutAll([.. Enumerable.Range(0, Rows).Select(Message)], "kpi", Rows);
        }

        var sound = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, sound[..length]);
        using var again = Open();
        Assert.Equal(setAside, again.SetAside is not null && File.Exists(again.SetAside));
        Assert.All(again.Take(0, Rows, long.MaxValue), row => Assert.True(IsGenuine(row.Message)));
        again.PutAll([.. Enumerable.Range(0, Rows).Select(Message)], "kpi", Rows);
        Assert.Equal(Rows, again.Take(0, Rows * 2, long.MaxValue).Count);
    }

    [Fact]
    public void A_page_of_zeros_costs_the_messages_on_it_and_no_others()
    {
        using (var outbox = Open())
        {
            outbox.PutAll([.. Enumerable.Range(0, Rows).Select(Message)], "kpi", Rows);
        }

        var bytes = File.ReadAllBytes(Path);
        bytes.AsSpan(bytes.Length / 2 / 4096 * 4096, 4096).Clear();
        File.WriteAllBytes(Path, bytes);
        using var again = Open();
        Assert.NotNull(again.SetAside);
        Assert.InRange(again.Take(0, Rows, long.MaxValue).Count, Rows - 40, Rows);
    }

    [Fact]
    public void Something_that_is_no_outbox_is_set_aside_and_kept()
    {
        File.WriteAllText(Path, new string('x', 5_000));
        using var outbox = Open();
        Assert.Equal(new string('x', 5_000), File.ReadAllText(outbox.SetAside!));
        outbox.Put(Message(1));
        Assert.Single(outbox.Take(0, 10, long.MaxValue));
    }

    [Fact]
    public void Files_set_aside_do_not_fill_the_disk()
    {
        for (var i = 0; i < 8; i++)
        {
            File.WriteAllText(Path, new string('x', 5_000));
            Open().Dispose();
        }

        Assert.Equal(new OutboxLimits().SetAsideFilesMax, Directory.GetFiles(_folder.Path, "*.damaged-*Z").Length);
    }

    [Fact]
    public void A_file_of_a_newer_agent_is_not_touched()
    {
        Open().Dispose();
        Change("PRAGMA user_version = 2");
        var before = File.ReadAllBytes(Path);
        var error = Assert.Throws<OutboxException>(Open);
        Assert.Contains("newer", error.Reason, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_damaged_row_is_quarantined_and_the_right_bytes_put_again_heal_it()
    {
        using (var outbox = Open())
        {
            outbox.Put(Message(1), Message(2), Message(3));
        }

        Change("UPDATE message SET payload = x'00' WHERE id = 'm/2'");
        using var again = Open();
        Assert.Equal(["m/1", "m/3"], again.Take(0, 10, long.MaxValue).Select(row => row.Message.Id));
        Assert.Equal(1, again.ReadCounters().Quarantined);
        Assert.Equal(0, again.Unpark());

        var healed = again.Put(Message(2));
        Assert.Empty(healed.Conflicts);
        Assert.Equal(3, again.Take(0, 10, long.MaxValue).Count);
        Assert.Equal(0, again.ReadCounters().Quarantined);
    }

    [Fact]
    public void A_damaged_state_or_position_is_not_believed()
    {
        using (var outbox = Open())
        {
            outbox.PutAll([Message(1)], "kpi", 5);
        }

        Change("UPDATE message SET state = 91; UPDATE position SET sequence = 7"); // 90 is Queued.
        using var again = Open();
        Assert.Null(again.ReadPosition("kpi"));
        Assert.Single(again.Take(0, 10, long.MaxValue));
    }

    private static OutboxMessage Message(int number)
    {
        var fill = new string('z', number % 150);
        return new(
            $"m/{number}", "edge/agent1/kpi",
            Encoding.UTF8.GetBytes($$"""{"id":"m/{{number}}","值":{{number}},"fill":"{{fill}}"}"""));
    }

    private static bool IsGenuine(OutboxMessage message) =>
        int.TryParse(message.Id.AsSpan(2), out var number)
        && Message(number) is var original
        && (message.Id, message.Topic) == (original.Id, original.Topic)
        && message.Payload.Span.SequenceEqual(original.Payload.Span);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Outbox Open() => Outbox.Open(Path, new(), TimeProvider.System, NullLogger.Instance);
}

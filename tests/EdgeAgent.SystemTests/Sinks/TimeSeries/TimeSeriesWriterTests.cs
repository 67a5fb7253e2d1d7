using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.TimeSeries;

/// <summary>The writer against the answers a server can give.</summary>
public sealed class TimeSeriesWriterTests
{
    [Fact]
    public async Task Lines_go_out_compressed_with_the_token_and_the_position_follows()
    {
        await using var server = new FakeWriteServer();
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 2);
        await rig.AllCommittedAsync();

        var request = Assert.Single(server.Requests);
        Assert.Equal("/api/v2/write?org=plant&bucket=edge&precision=ns", request.Url);
        Assert.Equal("Token s3cret-token", request.Authorization);
        Assert.Equal("gzip", request.Encoding);
        Assert.Equal(
            [
                "samples,device=1号窑,tag=温度 value=0,status=0i 1767323045000000000",
                "samples,device=1号窑,tag=温度 value=1,status=0i 1767323045001000000",
            ],
            request.Lines);
        Assert.Equal(2, rig.Writer.Written);
    }

    [Fact]
    public async Task Requests_are_bounded_by_rows_and_by_bytes()
    {
        await using var server = new FakeWriteServer();
        await using var rig = new WriterRig(server.Url, target => target with { RowsMax = 70, BytesMax = 4_096 });
        for (var first = 0; first < 5_000; first += 500)
        {
            rig.AppendNumbers(first, 500);
        }

        await rig.AllCommittedAsync();
        Assert.Equal(5_000, server.Kept.Count);
        Assert.All(server.Requests, request => Assert.InRange(request.Lines.Length, 1, 70));
        Assert.All(server.Kept.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Too_many_requests_waits_as_long_as_the_server_asks()
    {
        await using var server = new FakeWriteServer();
        server.Answers = _ => server.Requests.Count <= 1 ? new(429, "slow down", RetryAfter: "1") : new(204);
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 3);
        await rig.StateAsync(WriterState.Waiting);
        Assert.Contains("slow down", rig.Writer.Status.Reason, StringComparison.Ordinal);
        await rig.AllCommittedAsync();

        var times = server.Requests.Select(request => request.At).ToArray();
        Assert.Equal(2, times.Length);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(0.95), TimeSpan.FromMinutes(1));
        Assert.Equal(3, server.Kept.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_server_in_trouble_is_asked_again_and_nothing_is_skipped(int status)
    {
        await using var server = new FakeWriteServer();
        server.Answers = _ => server.Requests.Count <= 3 ? new(status) : new(204);
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 10);
        await rig.AllCommittedAsync();

        Assert.Equal(10, server.Kept.Count);
        await rig.StateAsync(WriterState.Writing);
        Assert.Empty(rig.Rejected);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Bad_lines_are_found_reported_and_passed_and_the_good_ones_arrive(int status)
    {
        await using var server = new FakeWriteServer();
        server.Answers = request => request.Lines.Any(IsBad)
            ? new(status, "{\"code\":\"invalid\",\"message\":\"unable to parse\"}")
            : new(204);
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 1_000);
        await rig.AllCommittedAsync();

        Assert.Equal(990, server.Kept.Count);
        Assert.Equal(990, rig.Writer.Written);
        Assert.Equal(10, rig.Writer.Rejected);
        var lines = rig.Rejected.Where(line => line[0] != '#').ToArray();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (i * 100) + 7), lines.Select(Value));
        Assert.All(
            rig.Rejected.Where(line => line[0] == '#'),
            line => Assert.Contains("unable to parse", line, StringComparison.Ordinal));

        static bool IsBad(string line) => Value(line) % 100 == 7;
    }

    [Fact]
    public async Task A_request_too_large_is_halved_until_it_fits()
    {
        await using var server = new FakeWriteServer();
        server.Answers = request => new(request.Lines.Length > 10 ? 413 : 204);
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 300);
        await rig.AllCommittedAsync();

        Assert.Equal(300, server.Kept.Count);
        Assert.Empty(rig.Rejected);
    }

    [Fact]
    public async Task A_server_that_rejects_everything_gets_nothing_lost()
    {
        await using var server = new FakeWriteServer { Answers = _ => new(400, "no") };
        await using var rig = new WriterRig(
            server.Url, target => target with { RejectFileBytesMax = 64 * 1024 });
        rig.AppendNumbers(0, 40);
        await rig.AllCommittedAsync();
        Assert.Equal(40, rig.Rejected.Count(line => line[0] != '#'));
    }

    [Fact]
    public async Task The_reject_file_is_bounded()
    {
        await using var server = new FakeWriteServer { Answers = _ => new(400, "no") };
        await using var rig = new WriterRig(server.Url, target => target with { RejectFileBytesMax = 2_000 });
        rig.AppendNumbers(0, 100);
        await rig.AllCommittedAsync();
        Assert.InRange(new FileInfo(rig.Target.RejectFile).Length, 1, 2_200);
        Assert.InRange(new FileInfo(rig.Target.RejectFile + ".1").Length, 1, 2_200);
        Assert.Equal(100, rig.Writer.Rejected);
    }

    [Theory]
    [InlineData(401, "token")]
    [InlineData(403, "right")]
    [InlineData(404, "bucket 'edge'")]
    [InlineData(405, "line protocol")]
    public async Task A_refusal_is_told_with_a_remedy_and_nothing_is_skipped(int status, string remedy)
    {
        var refuse = true;
        await using var server = new FakeWriteServer();
        server.Answers = _ => new(refuse ? status : 204);
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 5);
        await rig.StateAsync(WriterState.Refused);
        Assert.Contains(remedy, rig.Writer.Status.Remedy, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => server.Requests.Count >= 3);
        Assert.Equal(0, rig.Cursor.Committed);

        refuse = false;
        await rig.AllCommittedAsync();
        Assert.Equal(5, server.Kept.Count);
        Assert.Empty(rig.Rejected);
        await rig.StateAsync(WriterState.Writing);
    }

    [Fact]
    public async Task The_token_never_follows_a_redirect()
    {
        await using var elsewhere = new FakeWriteServer();
        await using var server = new FakeWriteServer
        {
            Answers = _ => new(307, Location: elsewhere.Url.AbsoluteUri),
        };
        await using var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 5);
        await rig.StateAsync(WriterState.Refused);
        await Eventually.TrueAsync(() => server.Requests.Count >= 3);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_missing_token_file_is_a_refusal_and_a_new_one_needs_no_restart()
    {
        await using var server = new FakeWriteServer();
        await using var rig = new WriterRig(
            server.Url, target => target with { TokenFile = target.TokenFile + ".new" });
        rig.AppendNumbers(0, 5);
        await rig.StateAsync(WriterState.Refused);
        Assert.Contains(rig.Target.TokenFile!, rig.Writer.Status.Remedy, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        await File.WriteAllTextAsync(rig.Target.TokenFile!, "fresh", TestContext.Current.CancellationToken);
        await rig.AllCommittedAsync();
        Assert.Equal("Token fresh", Assert.Single(server.Requests).Authorization);
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_waited_for()
    {
        var port = FreePort.Next();
        await using var rig = new WriterRig(new($"http://127.0.0.1:{port}"));
        rig.AppendNumbers(0, 5);
        await rig.StateAsync(WriterState.Waiting);
        Assert.NotEmpty(rig.Writer.Status.Remedy);

        await using var server = new FakeWriteServer(port);
        await rig.AllCommittedAsync();
        Assert.Equal(5, server.Kept.Count);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_and_asked_again()
    {
        await using var server = new FakeWriteServer();
        using var answer = new ManualResetEventSlim();
        server.Answers = _ =>
        {
            if (server.Requests.Count == 1)
            {
                answer.Wait(TimeSpan.FromSeconds(30));
            }

            return new(204);
        };
        await using var rig = new WriterRig(
            server.Url, target => target with { RequestTimeout = TimeSpan.FromMilliseconds(300) });
        rig.AppendNumbers(0, 5);
        await rig.StateAsync(WriterState.Waiting);
        answer.Set();
        await rig.AllCommittedAsync();
        Assert.Equal(5, server.Kept.Count);
    }

    [Fact]
    public async Task What_was_not_committed_is_read_again_by_the_next_writer()
    {
        await using var server = new FakeWriteServer { Answers = _ => new(503) };
        var rig = new WriterRig(server.Url);
        rig.AppendNumbers(0, 5);
        await Eventually.TrueAsync(() => !server.Requests.IsEmpty);
        await rig.DisposeAsync();
        Assert.Equal(0, rig.Cursor.Committed);
    }

    [Fact]
    public async Task A_bad_sample_is_written_without_a_value()
    {
        await using var server = new FakeWriteServer();
        await using var rig = new WriterRig(server.Url);
        rig.Cursor.Append(batch =>
        {
            batch.Add(0, UtcTime.None, UtcTime.None, WriterRig.Start, StatusCode.Good, Sample.BitsOf(21.5));
            batch.Add(
                0, UtcTime.None, UtcTime.None, WriterRig.Start + TimeSpan.FromSeconds(1), StatusCode.BadTimeout,
                Sample.BitsOf(21.5));
        });
        await rig.AllCommittedAsync();
        Assert.Contains("samples,device=1号窑,tag=温度 status=2148139008i 1767323046000000000", server.Kept.Keys);
    }

    private static int Value(string line)
    {
        var from = line.IndexOf("value=", StringComparison.Ordinal) + 6;
        return int.Parse(line[from..line.IndexOf(',', from)], CultureInfo.InvariantCulture);
    }
}

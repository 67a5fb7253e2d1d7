using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.TimeSeries;

/// <summary>What real servers have stored is what was read from the plant.</summary>
public sealed class ReadBackTests
{
    private static readonly double[] Floats =
    [
        0, -0.0, 1, -1.5, 0.1 + 0.2, 1e-7, 123456789.123456789, double.MaxValue, -double.MaxValue, double.Epsilon,
        Math.PI,
    ];

    private static readonly long[] Integers = [0, 1, -1, 7, long.MaxValue, long.MinValue, 9_007_199_254_740_993];

    // VictoriaMetrics keeps decimals with one exponent for a whole block, so extremes beside each other are rounded.
    private static readonly double[] TameFloats = [0, 1, -1.5, 0.1, 123.456, 1_000_000, 0.0625];

    private static readonly long[] TameIntegers = [0, 1, -1, 7, 123_456_789];

    private static readonly string[] Texts =
        ["", "合格", "a b", "a,b=c", "\"quoted\"", @"back\slash", @"end\", "tab\tnew\nline", "🏭", "value=1i", "' #"];

    private static readonly StatusCode[] BadStatuses =
        [StatusCode.BadTimeout, StatusCode.BadCommunicationError, StatusCode.BadOutOfRange, new(0xFFFF_FFFF)];

    [Fact]
    public async Task InfluxDb_gives_every_kind_back_equal()
    {
        await using var server = await InfluxDb1.StartAsync("edge");
        await using var rig = new WriterRig(
            server.Url, target => target with { Org = null, TokenFile = null });
        AppendEverything(rig, Floats, Integers);
        await rig.AllCommittedAsync();
        Assert.Empty(rig.Rejected);
        Assert.Equal(rig.Cursor.End, rig.Writer.Written);

        var rows = await server.QueryAsync("edge", "SELECT * FROM samples");
        Assert.Equal(rig.Cursor.End, rows.Count);
        Assert.Equal(Floats, Good(rows, "温度", "value", value => value.GetDouble()));
        Assert.Equal(
            Integers.Select(value => (double)value), Good(rows, "count", "value_int", value => value.GetDouble()));
        Assert.Equal([true, false], Good(rows, "running", "value_bool", value => value.GetBoolean()));
        Assert.Equal(Texts.Select(Pictured), Good(rows, "order", "value_text", value => value.GetString()!));
        Assert.Equal(["1号窑", "press", "press 2,a=b"], Distinct(rows, "device"));

        var bad = rows.Where(row => row["status"].GetInt64() != 0).ToArray();
        Assert.Equal(
            BadStatuses.Select(status => (long)status.Value).Order(),
            bad.Select(row => row["status"].GetInt64()).Order());
        Assert.All(bad, row => Assert.All(
            row.Where(column => column.Key.StartsWith("value", StringComparison.Ordinal)),
            column => Assert.Equal(JsonValueKind.Null, column.Value.ValueKind)));
    }

    [Fact]
    public async Task InfluxDb_keeps_integers_exactly()
    {
        await using var server = await InfluxDb1.StartAsync("edge");
        await using var rig = new WriterRig(server.Url, target => target with { Org = null, TokenFile = null });
        AppendEverything(rig, Floats, Integers);
        await rig.AllCommittedAsync();

        // Without arithmetic the server prints all 64 bits.
        var rows = await server.QueryAsync("edge", "SELECT value_int, \"tag\" FROM samples");
        Assert.Equal(
            Integers.Select(value => value.ToString(null, null)),
            rows.OrderBy(row => row["time"].GetInt64()).Select(row => row["value_int"].GetRawText()));
    }

    [Fact]
    public async Task InfluxDb_rejects_a_line_and_the_others_arrive()
    {
        await using var server = await InfluxDb1.StartAsync("edge");
        await using var rig = new WriterRig(server.Url, target => target with { Org = null, TokenFile = null });

        // Another client has made "value_int" a float in this measurement.
        using (var http = new HttpClient())
        using (var line = new StringContent("samples,tag=other value_int=1.5 1767323045000000000"))
        {
            using var answer = await http.PostAsync(
                new Uri(server.Url, "write?db=edge"), line, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
        }

        rig.AppendNumbers(0, 50);
        rig.Cursor.Append(batch => batch.Add(1, UtcTime.None, UtcTime.None, WriterRig.Start, default, 7));
        rig.AppendNumbers(50, 50);
        await rig.AllCommittedAsync();

        Assert.Equal(1, rig.Writer.Rejected);
        Assert.Contains(rig.Rejected, line => line.Contains("field type conflict", StringComparison.Ordinal));
        Assert.Contains(rig.Rejected, line => line.Contains("value_int=7i", StringComparison.Ordinal));
        Assert.Equal(100, (await server.QueryAsync("edge", "SELECT value FROM samples")).Count);
    }

    [Fact]
    public async Task InfluxDb_without_the_database_is_a_refusal_until_it_is_created()
    {
        await using var server = await InfluxDb1.StartAsync();
        await using var rig = new WriterRig(server.Url, target => target with { Org = null, TokenFile = null });
        rig.AppendNumbers(0, 10);
        await rig.StateAsync(EdgeAgent.Sinks.TimeSeries.WriterState.Refused);
        Assert.Contains("database 'edge'", rig.Writer.Status.Remedy, StringComparison.Ordinal);

        await server.ExecuteAsync("CREATE DATABASE edge");
        await rig.AllCommittedAsync();
        Assert.Equal(10, (await server.QueryAsync("edge", "SELECT value FROM samples")).Count);
    }

    [Fact]
    public async Task VictoriaMetrics_gives_numbers_and_names_back_equal()
    {
        await using var server = await VictoriaMetrics.StartAsync();
        await using var rig = new WriterRig(server.Url);
        AppendEverything(rig, TameFloats, TameIntegers);
        await rig.AllCommittedAsync();
        Assert.DoesNotContain(
            '1', (await server.ReadInvalidRowsAsync()).Split(' ')[^1]); // "0" or absent: no line was dropped.

        var series = new List<VictoriaMetrics.Series>();
        await Eventually.TrueAsync(async () =>
        {
            series = await server.ExportAsync("samples_");
            return series.Where(one => one.Labels["__name__"] == "samples_status").Sum(one => one.Values.Length)
                == rig.Cursor.End;
        });
        Assert.Equal(TameFloats, Values(series, "samples_value", "温度", "1号窑"));
        Assert.Equal(
            TameIntegers.Select(value => (double)value), Values(series, "samples_value_int", "count", "press 2,a=b"));
        Assert.Equal([1.0, 0.0], Values(series, "samples_value_bool", "running", "press"));
        Assert.Equal(
            BadStatuses.Select(status => (double)status.Value).Order(),
            series.Where(one => one.Labels["__name__"] == "samples_status").SelectMany(one => one.Values)
                .Where(value => value != 0).Order());
    }

    /// <summary>
    /// Every kind and one bad sample a kind, a millisecond apart so that every server keeps them all.
    /// </summary>
    private static void AppendEverything(
        WriterRig rig, double[] floats, long[] integers) => rig.Cursor.Append(batch =>
    {
        var time = WriterRig.Start;
        foreach (var value in floats)
        {
            batch.Add(0, UtcTime.None, UtcTime.None, Next(), StatusCode.Good, Sample.BitsOf(value));
        }

        foreach (var value in integers)
        {
            batch.Add(1, UtcTime.None, UtcTime.None, Next(), StatusCode.Good, value);
        }

        batch.Add(2, UtcTime.None, UtcTime.None, Next(), StatusCode.Good, 1);
        batch.Add(2, UtcTime.None, UtcTime.None, Next(), StatusCode.Good, 0);
        foreach (var value in Texts)
        {
            batch.AddText(3, UtcTime.None, UtcTime.None, Next(), StatusCode.Good, value);
        }

        for (var kind = 0; kind < 4; kind++)
        {
            batch.Add(kind, UtcTime.None, UtcTime.None, Next(), BadStatuses[kind], kind == 3 ? -1 : 77);
        }

        UtcTime Next() => time += TimeSpan.FromMilliseconds(1);
    });

    private static string Pictured(string text) =>
        text.Replace('\t', '␉').Replace('\n', '␊');

    private static T[] Good<T>(
        List<Dictionary<string, JsonElement>> rows, string tag, string field, Func<JsonElement, T> read) =>
        [.. rows.Where(row => row["tag"].GetString() == tag && row["status"].GetInt64() == 0)
            .OrderBy(row => row["time"].GetInt64()).Select(row => read(row[field]))];

    private static string[] Distinct(List<Dictionary<string, JsonElement>> rows, string column) =>
        [.. rows.Select(row => row[column].GetString()!).Distinct().Order(StringComparer.Ordinal)];

    private static double[] Values(List<VictoriaMetrics.Series> series, string name, string tag, string device)
    {
        var one = Assert.Single(series, one => one.Labels["__name__"] == name);
        Assert.Equal(tag, one.Labels["tag"]);
        Assert.Equal(device, one.Labels["device"]);
        return [.. one.Times.Zip(one.Values).OrderBy(pair => pair.First).Select(pair => pair.Second)];
    }
}

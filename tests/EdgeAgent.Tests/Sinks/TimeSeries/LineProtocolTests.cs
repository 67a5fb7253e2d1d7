using System.Text;
using CsCheck;
using EdgeAgent.Core.Model;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Tests.Sinks.TimeSeries;

public sealed class LineProtocolTests
{
    private static readonly UtcTime Noon = UtcTime.From(new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(ValueKind.Float64, 21.5, "value=21.5,status=0i")]
    [InlineData(ValueKind.Float64, -0.0, "value=-0,status=0i")]
    [InlineData(ValueKind.Float64, 1e300, "value=1E+300,status=0i")]
    [InlineData(ValueKind.Float64, double.Epsilon, "value=5E-324,status=0i")]
    [InlineData(ValueKind.Float64, 0.1 + 0.2, "value=0.30000000000000004,status=0i")]
    [InlineData(ValueKind.Float64, -double.MaxValue, "value=-1.7976931348623157E+308,status=0i")]
    [InlineData(ValueKind.Float64, -2.2250738585072014E-308, "value=-2.2250738585072014E-308,status=0i")]
    public void A_float_is_written_with_the_digits_that_give_it_back(object kind, double value, string fields) =>
        Assert.Equal(
            $"samples,device=d,tag=t {fields} 1767355200000000000\n", Line((ValueKind)kind, Sample.BitsOf(value)));

    [Theory]
    [InlineData(ValueKind.Int64, 7, "value_int=7i,status=0i")]
    [InlineData(ValueKind.Int64, long.MinValue, "value_int=-9223372036854775808i,status=0i")]
    [InlineData(ValueKind.Int64, long.MaxValue, "value_int=9223372036854775807i,status=0i")]
    [InlineData(ValueKind.Boolean, 1, "value_bool=true,status=0i")]
    [InlineData(ValueKind.Boolean, 0, "value_bool=false,status=0i")]
    public void Each_kind_has_a_field_of_its_own(object kind, long bits, string fields) =>
        Assert.Equal($"samples,device=d,tag=t {fields} 1767355200000000000\n", Line((ValueKind)kind, bits));

    [Theory]
    [InlineData(ValueKind.Float64)]
    [InlineData(ValueKind.Int64)]
    [InlineData(ValueKind.Boolean)]
    [InlineData(ValueKind.Text)]
    public void A_bad_sample_is_its_status_alone_whatever_was_read(object kind) => Assert.Equal(
        "samples,device=d,tag=t status=2148139008i 1767355200000000000\n",
        Line((ValueKind)kind, Sample.BitsOf(21.5), StatusCode.BadTimeout, text: "ok"));

    [Fact]
    public void An_uncertain_sample_keeps_its_value() => Assert.Equal(
        "samples,device=d,tag=t value=1,status=1073741824i 1767355200000000000\n",
        Line(ValueKind.Float64, Sample.BitsOf(1.0), StatusCode.Uncertain));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_a_number_is_never_written(double value) => Assert.Equal(
        "samples,device=d,tag=t status=2151415808i 1767355200000000000\n",
        Line(ValueKind.Float64, Sample.BitsOf(value)));

    [Fact]
    public void A_good_sample_without_its_text_is_not_good() => Assert.Equal(
        "samples,device=d,tag=t status=2151415808i 1767355200000000000\n", Line(ValueKind.Text, -1));

    [Theory]
    [InlineData("合格", "value_text=\"合格\",status=0i")]
    [InlineData("", "value_text=\"\",status=0i")]
    [InlineData("a \"b\" c\\d,e=f", "value_text=\"a \\\"b\\\" c\\\\d,e=f\",status=0i")]
    [InlineData("one\nfake,tag=x value=1\r\0", "value_text=\"one␊fake,tag=x value=1␍␀\",status=0i")]
    [InlineData("🏭", "value_text=\"🏭\",status=0i")]
    public void A_text_is_quoted_and_stays_on_its_line(string text, string fields) => Assert.Equal(
        $"samples,device=d,tag=t {fields} 1767355200000000000\n", Line(ValueKind.Text, 0, text: text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal(
        "samples,device=d,tag=t value_text=\"\uFFFDx\",status=0i 1767355200000000000\n",
        Line(ValueKind.Text, 0, text: "\uD800x"));

    [Theory]
    [InlineData("1号窑", "kiln.温度", "samples,device=1号窑,tag=kiln.温度 ")]
    [InlineData("a b,c=d", "t", @"samples,device=a\ b\,c\=d,tag=t ")]
    [InlineData("", "t", "samples,tag=t ")]
    [InlineData(@"plant\line", @"end\", @"samples,device=plant\line,tag=end＼ ")]
    [InlineData(@"a\,b", @"a\\b", @"samples,device=a＼\,b,tag=a＼\b ")]
    [InlineData("a\nb", "c\td", "samples,device=a␊b,tag=c␉d ")]
    public void Names_are_escaped(string device, string tag, string series) =>
        Assert.Equal(series, Encoding.UTF8.GetString(LineProtocol.FormSeries("samples", Tag(device, tag))));

    [Fact]
    public void A_measurement_is_escaped_by_its_own_rule() =>
        Assert.Equal(
            @"my\ m\,x=y,device=d,tag=t ", Encoding.UTF8.GetString(LineProtocol.FormSeries("my m,x=y", Tag("d", "t"))));

    [Theory]
    [InlineData(TimestampPrecision.Nanoseconds, 19_999_999, 1_999_999_900)]
    [InlineData(TimestampPrecision.Microseconds, 19_999_999, 1_999_999)]
    [InlineData(TimestampPrecision.Milliseconds, 19_999_999, 1_999)]
    [InlineData(TimestampPrecision.Seconds, 19_999_999, 1)]
    [InlineData(TimestampPrecision.Seconds, 10_000_000, 1)]
    [InlineData(TimestampPrecision.Nanoseconds, -1, -100)]
    [InlineData(TimestampPrecision.Microseconds, -1, -1)]
    [InlineData(TimestampPrecision.Milliseconds, -1, -1)]
    [InlineData(TimestampPrecision.Seconds, -1, -1)]
    [InlineData(TimestampPrecision.Seconds, -10_000_000, -1)]
    public void A_timestamp_is_rounded_towards_the_past(object precision, long ticks, long expected)
    {
        Assert.True(LineProtocol.TryGetTimestamp(new(ticks), (TimestampPrecision)precision, out var timestamp));
        Assert.Equal(expected, timestamp);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue / 100 + 1)]
    [InlineData(long.MinValue / 100 - 1)]
    public void A_time_no_server_can_count_has_no_timestamp(long ticks) =>
        Assert.False(LineProtocol.TryGetTimestamp(new(ticks), TimestampPrecision.Seconds, out _));

    [Fact]
    public void A_line_fits_or_it_does_not()
    {
        var series = LineProtocol.FormSeries("samples", Tag("d", "t"));
        foreach (var (kind, bits, text) in new (ValueKind, long, string?)[]
        {
            (ValueKind.Float64, Sample.BitsOf(-2.2250738585072014E-308), null),
            (ValueKind.Int64, long.MinValue, null), (ValueKind.Boolean, 1, null), (ValueKind.Text, 0, "值\"\\\n🏭"),
        })
        {
            var sample = new Sample(0, Noon, UtcTime.None, Noon, StatusCode.Good, bits);
            var whole = new byte[256];
            Assert.True(LineProtocol.TryWriteLine(whole, series, kind, sample, text, 1, out var length));
            for (var size = 0; size < length; size++)
            {
                Assert.False(LineProtocol.TryWriteLine(new byte[size], series, kind, sample, text, 1, out _));
            }
        }
    }

    [Fact]
    public void Another_reader_understands_every_line()
    {
        var texts = Gen.OneOf(Gen.String, Gen.String[Gen.Char[", =\"\\\n\r值a"], 1, 12]);
        Gen.Select(texts, texts, texts, Gen.Long).Sample((device, id, text, ticks) =>
        {
            ticks %= long.MaxValue / 100;
            var tag = Tag(device, id.Length == 0 ? "x" : id);
            var line = Line(ValueKind.Text, 0, text: text, tag: tag, time: new(ticks));
            var read = LineParser.Parse(line);

            Assert.Equal("samples", read.Measurement);
            Assert.Equal(Visible(tag.Id), read.Tags["tag"].Replace('＼', '\\'));
            Assert.Equal(Visible(device), read.Tags.GetValueOrDefault("device", "").Replace('＼', '\\'));
            Assert.Equal(Visible(text), read.Fields["value_text"]);
            Assert.Equal(ticks * 100, read.Timestamp);
        });
    }

    private static string Line(
        ValueKind kind, long bits, StatusCode status = default, string? text = null, Tag? tag = null,
        UtcTime? time = null)
    {
        var bytes = new byte[1024];
        var at = time ?? Noon;
        Assert.True(LineProtocol.TryGetTimestamp(at, TimestampPrecision.Nanoseconds, out var timestamp));
        Assert.True(LineProtocol.TryWriteLine(
            bytes, LineProtocol.FormSeries("samples", tag ?? Tag("d", "t")), kind,
            new(0, at, UtcTime.None, at, status, bits), text, timestamp, out var written));
        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static Tag Tag(string device, string id) => new() { Id = id, DeviceId = device, Kind = ValueKind.Float64 };

    /// <summary>
    /// What a text looks like once its control characters are pictures and its lone surrogates are gone.
    /// </summary>
    private static string Visible(string text) => string.Concat(
        text.EnumerateRunes().Select(rune => rune.Value switch
        {
            < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
            0x7F => "\u2421",
            >= 0x80 and < 0xA0 => "\uFFFD",
            _ => rune.ToString(),
        }));
}

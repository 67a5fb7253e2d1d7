using EdgeAgent.Core.Kpi;
using EdgeAgent.Core.Model;
using EdgeAgent.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EdgeAgent.Tests.Web;

public sealed class PeriodQueryTests
{
    private const string NoTime = " is no time: write it like 2026-11-22T08:00:00+08:00.";
    private const string NoMinute = " must be on a whole minute between 1970 and 2199.";

    private static readonly DateTimeOffset Eight = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<PeriodKind, KpiPeriod> _final = [];

    [Fact]
    public void Before_anything_is_final_there_is_no_period() => Assert.Null(Read(""));

    [Fact]
    public void Without_a_wish_it_is_the_newest_hour_or_before_the_first_one_the_newest_minute()
    {
        var minute = Final(PeriodKind.Minute);
        Assert.Same(minute, Read(""));

        Final(PeriodKind.Day);
        Assert.Same(minute, Read(""));

        Assert.Same(Final(PeriodKind.Hour), Read("?period="));
    }

    [Theory]
    [InlineData("minute", PeriodKind.Minute)]
    [InlineData("hour", PeriodKind.Hour)]
    [InlineData("shift", PeriodKind.Shift)]
    [InlineData("DAY", PeriodKind.Day)]
    [InlineData("month", PeriodKind.Month)]
    public void A_kind_means_the_newest_of_that_kind(string word, PeriodKind kind)
    {
        Assert.Null(Read($"?period={word}"));
        Assert.Same(Final(kind), Read($"?period={word}"));
    }

    [Theory]
    [InlineData("week")]
    [InlineData("span")]
    [InlineData("2")]
    [InlineData("hour,day")]
    [InlineData("hour&period=day")]
    public void Another_word_is_answered_with_the_words_there_are(string word)
    {
        var error = Assert.Throws<FormatException>(() => Read($"?period={word}"));

        Assert.EndsWith("write minute, hour, shift, day or month.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-22T08:00:00Z", "2026-11-22T08:01:00Z")]
    [InlineData("2026-11-22T08:00Z", "2026-11-22T08:01z")]
    [InlineData("2026-11-22T08:00:00.0000000Z", "2026-11-22T08:01:00.0000000Z")]
    [InlineData("2026-11-22T16:00:00%2B08:00", "2026-11-22T16:01:00%2B08:00")]
    [InlineData("2026-11-22T16:00:00+08:00", "2026-11-22T16:01:00+08:00")]
    [InlineData("2026-11-21T20:00:00-12:00", "2026-11-22T08:01Z")]
    public void A_span_is_written_in_RFC_3339_with_any_offset(string from, string to)
    {
        var period = Read($"?from={from}&to={to}");

        Assert.Equal(KpiPeriod.Span(UtcTime.From(Eight), UtcTime.From(Eight.AddMinutes(1))), period);
    }

    [Theory]
    [InlineData("?from=2026-11-22T08:00Z", "'to'" + NoTime)]
    [InlineData("?to=2026-11-22T08:00Z", "'from'" + NoTime)]
    [InlineData("?from=2026-11-22T08:00&to=2026-11-22T09:00Z", "'from'" + NoTime)]
    [InlineData("?from=08:00&to=2026-11-22T09:00Z", "'from'" + NoTime)]
    [InlineData("?from=2026-02-30T08:00Z&to=2026-11-22T09:00Z", "'from'" + NoTime)]
    [InlineData("?from=2026-11-22T08:00Z&to=2026-11-22T08:00Z", "'from' must be before 'to'.")]
    [InlineData("?from=2026-11-22T08:00:30Z&to=2026-11-22T09:00Z", "'from'" + NoMinute)]
    [InlineData("?from=1969-12-31T00:00Z&to=2026-11-22T09:00Z", "'from'" + NoMinute)]
    [InlineData("?from=2199-11-22T08:00Z&to=2200-01-01T00:00Z", "'to'" + NoMinute)]
    [InlineData("?from=2025-01-01T00:00Z&to=2026-11-22T09:00Z", "'from' and 'to' must be at most 400 days apart.")]
    public void What_is_no_span_is_answered_with_what_to_write(string query, string sentence)
    {
        Assert.Equal(sentence, Assert.Throws<FormatException>(() => Read(query)).Message);
    }

    private KpiPeriod Final(PeriodKind kind) => _final[kind] =
        new(kind, UtcTime.From(Eight), UtcTime.From(Eight.AddMinutes(1)));

    private KpiPeriod? Read(string query) =>
        PeriodQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), _final.GetValueOrDefault);
}

using System.Net;
using EdgeAgent.Sinks.TimeSeries;

namespace EdgeAgent.Tests.Sinks.TimeSeries;

public sealed class WriteAnswerTests
{
    private static readonly WriteTarget Target = new()
    {
        Url = new("http://server:8086/tenant"),
        Org = "plant 1",
        Bucket = "edge",
        TokenFile = "token.txt",
        RejectFile = "rejected.lp",
    };

    [Theory]
    [InlineData(204, WriteVerdict.Accepted)]
    [InlineData(200, WriteVerdict.Accepted)]
    [InlineData(301, WriteVerdict.Refused)]
    [InlineData(307, WriteVerdict.Refused)]
    [InlineData(400, WriteVerdict.Rejected)]
    [InlineData(401, WriteVerdict.Refused)]
    [InlineData(403, WriteVerdict.Refused)]
    [InlineData(404, WriteVerdict.Refused)]
    [InlineData(405, WriteVerdict.Refused)]
    [InlineData(408, WriteVerdict.Later)]
    [InlineData(413, WriteVerdict.Rejected)]
    [InlineData(422, WriteVerdict.Rejected)]
    [InlineData(429, WriteVerdict.Later)]
    [InlineData(500, WriteVerdict.Later)]
    [InlineData(502, WriteVerdict.Later)]
    [InlineData(503, WriteVerdict.Later)]
    [InlineData(504, WriteVerdict.Later)]
    public void Every_status_has_its_consequence(int status, object verdict)
    {
        var answer = WriteAnswer.From(Target, (HttpStatusCode)status, "why", null);

        Assert.Equal(verdict, answer.Verdict);
        Assert.Equal(answer.Verdict == WriteVerdict.Refused, answer.Remedy.Length > 0);
    }

    [Fact]
    public void A_refusal_of_the_token_names_its_file() => Assert.Contains(
        "token.txt", WriteAnswer.From(Target, HttpStatusCode.Unauthorized, "", null).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(7, 7)]
    [InlineData(86_400, 600)]
    public void Retry_after_is_honoured_within_reason(int asked, int honoured) => Assert.Equal(
        TimeSpan.FromSeconds(honoured),
        WriteAnswer.From(Target, HttpStatusCode.TooManyRequests, "", TimeSpan.FromSeconds(asked)).RetryAfter);

    [Fact]
    public void The_address_keeps_the_path_and_escapes_the_names()
    {
        Assert.Equal(
            "http://server:8086/tenant/api/v2/write?org=plant%201&bucket=edge&precision=ns",
            Target.WriteUrl.AbsoluteUri);
        Assert.Equal(
            "http://server:8086/tenant/write?db=edge&precision=u",
            (Target with { Org = null, Precision = TimestampPrecision.Microseconds }).WriteUrl.AbsoluteUri);
    }
}

using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>"timeSeries" in agent.json: a server that takes line protocol on /api/v2/write.</summary>
internal sealed record TimeSeriesConfig
{
    public required Uri Url { get; init; }

    public required string Org { get; init; }

    public required string Bucket { get; init; }

    /// <summary>A file that holds the token and nothing else.</summary>
    public required string? TokenFile { get; init; }

    public static TimeSeriesConfig Read(JsonSection json)
    {
        var config = new TimeSeriesConfig
        {
            Url = ReadUrl(json["url"].Required("http://127.0.0.1:8428")),
            Org = json["org"].Line("", example: "plant"),
            Bucket = json["bucket"].Required("plant").Line("", example: "plant"),
            TokenFile = json["tokenFile"].LineOrNull(example: "timeseries.token"),
        };
        if (config.TokenFile is not null && config.Url.Scheme == Uri.UriSchemeHttp && !Loopback.Is(config.Url.Host))
        {
            json["url"].Warn(
                ("：令牌将不加密地发给另一台机器", "sends the token unencrypted to another machine"), ("用 https://", "use https://"));
        }

        json.Finish();
        return config;
    }

    private static Uri ReadUrl(Field field)
    {
        var fallback = new Uri("http://127.0.0.1:8428");
        var text = field.Line(fallback.OriginalString, example: fallback.OriginalString);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) ||
            (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.Host.Length == 0)
        {
            field.Error(("不是网址", "is not a web address"), field.Written(fallback.OriginalString));
            return fallback;
        }

        if (url.UserInfo.Length > 0)
        {
            field.Error(
                ("里写了用户名或密码", "contains a user name or password"), ("用 \"tokenFile\"", "use \"tokenFile\""));
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            field.Error(
                ("里有 ? 或 # 部分", "has a ? or # part"), ("只写到端口或路径为止", "end it after the port or path"));
        }

        return url;
    }
}

using System.Net;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Host;

/// <summary>The page of a running agent, asked by strangers.</summary>
public sealed class WebGuardTests(WebGuardTests.Running running) : IClassFixture<WebGuardTests.Running>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    [InlineData("/healthz")]
    [InlineData("/metrics")]
    public async Task Only_reading_is_allowed(string path)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options])
        {
            using var answer = await AskAsync(path, method: method);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal("GET", Assert.Single(answer.Content.Headers.Allow));
            HasItsHeaders(answer);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8480")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.1")]
    public async Task A_page_that_binds_its_own_name_to_our_address_reads_nothing(string host)
    {
        using var answer = await AskAsync("/api/status", host);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.DoesNotContain("gateway-1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        HasItsHeaders(answer);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8480")]
    public async Task The_machine_s_own_names_are_served(string host)
    {
        using var answer = await AskAsync("/api/status", host);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/status.css", "text/css; charset=utf-8")]
    [InlineData("/status.js", "text/javascript; charset=utf-8")]
    [InlineData("/api/status", "application/json; charset=utf-8")]
    [InlineData("/api/kpis", "application/json; charset=utf-8")]
    [InlineData("/metrics", "text/plain; version=0.0.4; charset=utf-8")]
    public async Task Every_answer_has_its_type_and_the_headers_that_keep_browsers_safe(string path, string contentType)
    {
        using var answer = await AskAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType!.ToString());
        HasItsHeaders(answer);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var answer = await AskAsync("/../../etc/passwd");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        HasItsHeaders(answer);
    }

    [Theory]
    [InlineData("period=week", "'week' is no period: write minute, hour, shift, day or month.")]
    [InlineData("period=span", "'span' is no period")]
    [InlineData("period=2", "'2' is no period")]
    [InlineData("from=yesterday&to=2026-11-22T08:00:00Z", "'from' is no time: write it like 2026-11-22T08:00")]
    [InlineData("from=2026-11-22T08:00:00Z", "'to' is no time")]
    [InlineData("from=2026-11-22T09:00Z&to=2026-11-22T08:00Z", "'from' must be before 'to'.")]
    [InlineData("from=2026-11-22T08:00:01Z&to=2026-11-22T09:00Z", "'from' must be on a whole minute")]
    [InlineData("from=1970-01-01T00:00Z&to=2199-12-31T00:00Z", "at most 400 days apart")]
    public async Task A_question_for_figures_that_cannot_be_understood_is_answered_with_what_to_write(
        string query, string sentence)
    {
        using var answer = await AskAsync("/api/kpis?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        HasItsHeaders(answer);
    }

    [Fact]
    public async Task The_example_in_the_error_can_be_copied_with_its_plus_sign()
    {
        using var answer = await AskAsync("/api/kpis?from=2026-11-22T08:00:00+08:00&to=2026-11-22T09:00:00+08:00");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("2026-11-22T00:00:00", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void HasItsHeaders(HttpResponseMessage answer)
    {
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        Assert.StartsWith("default-src 'self';", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? host = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        return await running.Rig.SendAsync(request);
    }

    /// <summary>One agent for all questions.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal AgentRig Rig { get; } = new();

        public async ValueTask InitializeAsync() => await Rig.StartAsync();

        public async ValueTask DisposeAsync() => await Rig.DisposeAsync();
    }
}

using System.Net;
using EdgeAgent.Topology;

namespace EdgeAgent.Web;

/// <summary>The web side of a running agent: the status page and its API, on one address.</summary>
internal static class AgentWeb
{
    // The largest request has a few parameters and no body.
    private const int RequestBytesMax = 16 * 1024;

    // A dozen people with the page open, two connections each, and a scraper.
    private const int ConnectionsMax = 64;

    /// <param name="agent">Whose state is shown.</param>
    /// <param name="address">A loopback address: without accounts nothing else may be served.</param>
    /// <param name="port">0 for any free port.</param>
    /// <param name="logs">Where the server logs.</param>
    public static WebApplication Build(Agent agent, IPAddress address, int port, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        });

        var app = builder.Build();
        app.Use(Guard);
        StatusPage.Map(app);
        StatusApi.Map(app, agent);
        KpiApi.Map(app, agent);
        MetricsApi.Map(app, agent);
        return app;
    }

    /// <summary>The address people open, after the start.</summary>
    public static string AddressOf(WebApplication app) => app.Urls.First();

    /// <summary>
    /// Only reading, only under a name of this machine (a page elsewhere may otherwise bind its own name to our address
    /// and read along), and with headers that keep browsers from running anything we did not write.
    /// </summary>
    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            headers.Allow = HttpMethods.Get;
            return Task.CompletedTask;
        }

        if (!IsOwnName(context.Request.Host.Host))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return context.Response.WriteAsync("Open this page as http://127.0.0.1 or http://localhost.");
        }

        return next(context);
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

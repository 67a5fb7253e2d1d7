using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.Sinks.TimeSeries;

/// <summary>
/// The answers of a real v2 server that no server in reach gives. Lines are kept by what they are, as such a server
/// does, so a line written twice is there once.
/// </summary>
internal sealed class FakeWriteServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeWriteServer(int? port = null)
    {
        Url = new($"http://127.0.0.1:{port ?? FreePort.Next()}/");
        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>The answer to a request; 204 keeps its lines.</summary>
    public Func<Request, Answer> Answers { get; set; } = static _ => new(204);

    public ConcurrentQueue<Request> Requests { get; } = new();

    public ConcurrentDictionary<string, int> Kept { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await using (var gzip = new GZipStream(context.Request.InputStream, CompressionMode.Decompress))
            {
                await gzip.CopyToAsync(body);
            }

            var request = new Request(
                context.Request.RawUrl!, context.Request.Headers["Authorization"],
                context.Request.Headers["Content-Encoding"],
                Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
                DateTime.UtcNow);
            Requests.Enqueue(request);
            var answer = Answers(request);
            if (answer.Status == 204)
            {
                foreach (var line in request.Lines)
                {
                    Kept.AddOrUpdate(line, 1, (_, count) => count + 1);
                }
            }

            context.Response.StatusCode = answer.Status;
            if (answer.RetryAfter is { } after)
            {
                context.Response.Headers["Retry-After"] = after;
            }

            if (answer.Location is { } location)
            {
                context.Response.Headers["Location"] = location;
            }

            context.Response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: false);
        }
    }

    internal sealed record Request(string Url, string? Authorization, string? Encoding, string[] Lines, DateTime At);

    internal sealed record Answer(int Status, string Body = "", string? RetryAfter = null, string? Location = null);
}

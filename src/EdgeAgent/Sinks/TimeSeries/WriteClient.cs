using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>Posts lines and reads the answer; decides nothing. One request at a time.</summary>
internal sealed class WriteClient : IDisposable
{
    // What is shown to people; the rest of an error page is not read.
    private const int AnswerBytesMax = 4 * 1024;

    private readonly WriteTarget _target;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly MemoryStream _compressed = new();

    /// <param name="handler">The transport; owned from now on.</param>
    public WriteClient(WriteTarget target, HttpMessageHandler handler, TimeProvider clock)
    {
        (_target, _clock) = (target, clock);
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Each request has its own deadline.
    }

    /// <summary>Compressed bytes sent since the start.</summary>
    public long SentBytes { get; private set; }

    public long Requests { get; private set; }

    public static SocketsHttpHandler CreateTransport() => new()
    {
        AllowAutoRedirect = false, // The token goes to the configured server and to no other.
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a changed DNS entry is noticed.
        MaxResponseHeadersLength = 16,
    };

    /// <summary>Sends whole lines. A server that does not answer is an answer too.</summary>
    public async Task<WriteAnswer> PostAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_target.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var authorization = await ReadAuthorizationAsync(either.Token);
            using var request = FormRequest(lines, authorization);
            Requests++;
            SentBytes += _compressed.Length;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = response.IsSuccessStatusCode ? "" : await ReadStartAsync(response, either.Token);
            return WriteAnswer.From(_target, response.StatusCode, body, RetryAfter(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WriteAnswer.From(
                _target, new TimeoutException($"nothing within {_target.RequestTimeout.TotalSeconds} s"));
        }
        catch (TokenException error)
        {
            return WriteAnswer.WithoutToken(_target, error.InnerException!.Message);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return WriteAnswer.From(_target, error);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _compressed.Dispose();
    }

    // Read for every request, so that a new token needs no restart.
    private async Task<AuthenticationHeaderValue?> ReadAuthorizationAsync(CancellationToken cancellationToken)
    {
        if (_target.TokenFile is null)
        {
            return null;
        }

        try
        {
            return new("Token", (await File.ReadAllTextAsync(_target.TokenFile, cancellationToken)).Trim());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenException(error);
        }
    }

    private HttpRequestMessage FormRequest(ReadOnlyMemory<byte> lines, AuthenticationHeaderValue? authorization)
    {
        _compressed.SetLength(0);
        using (var gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        var content = new ReadOnlyMemoryContent(_compressed.GetBuffer().AsMemory(0, (int)_compressed.Length));
        content.Headers.ContentType = new("text/plain") { CharSet = "utf-8" };
        content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, _target.WriteUrl)
        {
            Content = content,
            Version = HttpVersion.Version11,
        };
        request.Headers.Authorization = authorization;
        return request;
    }

    private static async Task<string> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[AnswerBytesMax];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, count).ReplaceLineEndings(" ").Trim();
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);

    private sealed class TokenException(Exception inner) : Exception(inner.Message, inner);
}

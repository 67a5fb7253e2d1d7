using System.Net;

namespace EdgeAgent.Sinks.TimeSeries;

internal enum WriteVerdict
{
    /// <summary>The server has every line.</summary>
    Accepted,

    /// <summary>The server cannot now; the same request again later.</summary>
    Later,

    /// <summary>At least one line is at fault.</summary>
    Rejected,

    /// <summary>The whole request is, whatever the lines: a person has to act.</summary>
    Refused,
}

/// <summary>What an answer to a write request means, as a decision.</summary>
/// <param name="Reason">For people; empty if accepted.</param>
/// <param name="Remedy">What a person can do; may be empty.</param>
/// <param name="RetryAfter">How long the server asks to be left alone, or null.</param>
internal sealed record WriteAnswer(WriteVerdict Verdict, string Reason, string Remedy, TimeSpan? RetryAfter)
{
    /// <summary>
    /// A server that asks for more is asked again anyway, so that one wrong header does not silence the agent.
    /// </summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromMinutes(10);

    public static readonly WriteAnswer Accepted = new(WriteVerdict.Accepted, "", "", null);

    public static WriteAnswer From(WriteTarget target, HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var reason = $"HTTP {(int)status} {body}".TrimEnd();
        TimeSpan? waiting = retryAfter is { } asked
            ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, RetryAfterMax.Ticks))
            : null;
        return (int)status switch
        {
            >= 200 and <= 299 => Accepted,
            400 or 413 or 422 => new(WriteVerdict.Rejected, reason, "", null),
            401 => new(
                WriteVerdict.Refused, reason,
                $"Put a valid token into {target.TokenFile ?? "a file and name it as tokenFile"}.", null),
            403 => new(WriteVerdict.Refused, reason, $"Give the token the right to write to '{target.Bucket}'.", null),
            404 => new(
                WriteVerdict.Refused, reason,
                target.Org is null
                    ? $"Create database '{target.Bucket}', or set org if the server speaks the v2 API."
                    : $"Create bucket '{target.Bucket}' in org '{target.Org}', or leave org out for InfluxDB 1.x.",
                null),
            >= 300 and <= 399 => new(
                WriteVerdict.Refused, reason, "Configure the address the server points to; none is followed.", null),
            408 or 425 or 429 or >= 500 => new(WriteVerdict.Later, reason, "", waiting),
            _ => new(WriteVerdict.Refused, reason, $"Check that {target.WriteUrl} takes line protocol.", null),
        };
    }

    /// <summary>Nothing was asked, for want of a token.</summary>
    public static WriteAnswer WithoutToken(WriteTarget target, string reason) => new(
        WriteVerdict.Refused, $"The token cannot be read ({reason}).",
        $"Write it into {target.TokenFile} and let the agent's user read it.", null);

    /// <summary>No answer at all.</summary>
    public static WriteAnswer From(WriteTarget target, Exception error)
    {
        var inner = error;
        while (inner.InnerException is { } deeper)
        {
            inner = deeper;
        }

        return new(
            WriteVerdict.Later, $"No answer from {target.Url}: {inner.Message}",
            "Check that the server runs and can be reached.", null);
    }
}

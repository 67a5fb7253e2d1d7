namespace EdgeAgent.OpcUa.Certificates;

/// <summary>What this application says of itself in a certificate that it makes.</summary>
public sealed record ApplicationFacts
{
    /// <summary>The common name of the subject, for people.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>
    /// What tells this instance from others of the same application on the same host; part of the URI.
    /// </summary>
    public required string InstanceId { get; init; }

    /// <summary>Names and addresses of this machine, the most usual first.</summary>
    public required IReadOnlyList<string> HostNames { get; init; }

    /// <summary>Who runs the application (O of the subject); null where nobody has said.</summary>
    public string? Organization { get; init; }

    /// <summary>
    /// Null for <c>urn:HOST:EdgeAgent:INSTANCE</c> of the moment at which the certificate is made. From then on the
    /// certificate says what the URI is, also on a machine that has been renamed.
    /// </summary>
    public string? ApplicationUri { get; init; }

    /// <summary>2048, 3072 or 4096.</summary>
    public int KeyBits { get; init; } = 2048;

    /// <summary>Ten years: each renewal has to be trusted anew by every server.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromDays(3652);
}

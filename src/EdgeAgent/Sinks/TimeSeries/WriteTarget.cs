namespace EdgeAgent.Sinks.TimeSeries;

/// <summary>A time-series server that takes line protocol over HTTP, and how much is sent to it at once.</summary>
internal sealed record WriteTarget
{
    /// <summary>
    /// The server's base address; a path in it is kept, for servers behind a proxy or of many tenants.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// With an organisation the v2 API is spoken (/api/v2/write: InfluxDB 2 and 3, VictoriaMetrics and others);
    /// without one that of InfluxDB 1.x (/write), and the bucket is the name of the database.
    /// </summary>
    public string? Org { get; init; }

    public required string Bucket { get; init; }

    /// <summary>A file that holds the token and nothing else, read before every request; null for none.</summary>
    public string? TokenFile { get; init; }

    public TimestampPrecision Precision { get; init; } = TimestampPrecision.Nanoseconds;

    public string Measurement { get; init; } = "samples";

    /// <summary>InfluxData advises batches of 5,000 lines.</summary>
    public int RowsMax { get; init; } = 5_000;

    /// <summary>Before compression; half of what the strictest common proxies take.</summary>
    public int BytesMax { get; init; } = 512 * 1024;

    /// <summary>How long the first sample of a request may wait for company.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From connecting to the last byte of the answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where lines go that the server will not have.</summary>
    public required string RejectFile { get; init; }

    /// <summary>
    /// Size at which the reject file is renamed to ".1" and begun again; so at most twice this is kept.
    /// </summary>
    public long RejectFileBytesMax { get; init; } = 16 * 1024 * 1024;

    public Uri WriteUrl
    {
        get
        {
            var query = Org is null
                ? $"write?db={Uri.EscapeDataString(Bucket)}&precision={InfluxDb1Precision}"
                : $"api/v2/write?org={Uri.EscapeDataString(Org)}&bucket={Uri.EscapeDataString(Bucket)}"
                    + $"&precision={InfluxDb2Precision}";
            var folder = Url.AbsoluteUri.EndsWith('/') ? Url : new Uri(Url.AbsoluteUri + "/");
            return new(folder, query);
        }
    }

    private string InfluxDb1Precision => Precision switch
    {
        TimestampPrecision.Nanoseconds => "n",
        TimestampPrecision.Microseconds => "u",
        _ => InfluxDb2Precision,
    };

    private string InfluxDb2Precision => Precision switch
    {
        TimestampPrecision.Nanoseconds => "ns",
        TimestampPrecision.Microseconds => "us",
        TimestampPrecision.Milliseconds => "ms",
        _ => "s",
    };
}

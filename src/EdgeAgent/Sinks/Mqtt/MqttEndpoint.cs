namespace EdgeAgent.Sinks.Mqtt;

/// <summary>The broker and how to speak with it.</summary>
internal sealed record MqttEndpoint
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Unique at the broker: two clients of one name push each other out.</summary>
    public required string ClientId { get; init; }

    /// <summary>Null to connect without a name, or with a certificate alone.</summary>
    public string? User { get; init; }

    /// <summary>A file that holds the password and nothing else; a line end at its end is not part of it.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Null for plain TCP. There is no fall-back from TLS to plain.</summary>
    public MqttTls? Tls { get; init; }

    /// <summary>
    /// The most messages sent and not yet acknowledged; the broker's Receive Maximum lowers it. 32 fill a 100 ms line
    /// at 300 messages a second, and no more than that is sent twice after a broken connection.
    /// </summary>
    public int InFlightMax { get; init; } = 32;

    /// <summary>What the broker may wait for a sign of life; its own Server Keep Alive wins.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the first byte of TCP to the CONNACK.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No PUBACK for so long means that the connection is dead, whatever TCP says.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public override string ToString() => $"{(Tls is null ? "mqtt" : "mqtts")}://{Host}:{Port}";
}

/// <summary>Whom to trust and who we are. All files are PEM.</summary>
internal sealed record MqttTls
{
    /// <summary>The only CAs trusted; null for those of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>The client certificate for mutual TLS; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>
    /// The private key of the certificate, unencrypted PKCS #8 or SEC 1; readable by the agent's user alone.
    /// </summary>
    public string? KeyFile { get; init; }
}

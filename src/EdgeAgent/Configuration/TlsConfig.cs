using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration;

/// <summary>"tls" of a connection: PEM files, relative to the configuration folder or absolute.</summary>
internal sealed record TlsConfig
{
    /// <summary>Certificates the server's must descend from; null: those the system trusts.</summary>
    public required string? Ca { get; init; }

    /// <summary>Our own certificate, for mutual TLS.</summary>
    public required string? Certificate { get; init; }

    /// <summary>Its private key.</summary>
    public required string? Key { get; init; }

    public static TlsConfig Read(JsonSection json)
    {
        var config = new TlsConfig
        {
            Ca = json["ca"].LineOrNull(example: "tls/ca.pem"),
            Certificate = json["certificate"].LineOrNull(example: "tls/client.pem"),
            Key = json["key"].LineOrNull(example: "tls/client.key"),
        };
        if (config.Certificate is not null && config.Key is null)
        {
            json["certificate"].Error(("没有配 key", "without a key"), "\"key\": \"tls/client.key\"");
        }

        if (config.Key is not null && config.Certificate is null)
        {
            json["key"].Error(("没有配 certificate", "without a certificate"), "\"certificate\": \"tls/client.pem\"");
        }

        json.Finish();
        return config;
    }
}

using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Commands.Servers;

/// <summary>What the options of <see cref="ServerOptions"/> say.</summary>
internal sealed record ServerRequest
{
    public required Uri Url { get; init; }

    public SecurityPolicy? Policy { get; init; }

    public MessageSecurityMode? Mode { get; init; }

    public string? User { get; init; }

    public string? PasswordFile { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    public string? ConfigFolder { get; init; }

    public string? PkiFolder { get; init; }

    public CertificateRules Rules { get; init; } = CertificateRules.Strict;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

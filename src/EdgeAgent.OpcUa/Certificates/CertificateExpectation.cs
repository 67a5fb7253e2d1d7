namespace EdgeAgent.OpcUa.Certificates;

/// <summary>What the certificate has to say to be the right one.</summary>
public sealed record CertificateExpectation
{
    /// <summary>
    /// Smallest and largest RSA key of the policies Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss.
    /// </summary>
    public const int DefaultMinKeyBits = 2048;

    /// <inheritdoc cref="DefaultMinKeyBits"/>
    public const int DefaultMaxKeyBits = 4096;

    private CertificateExpectation()
    {
    }

    public required CertificateRole Role { get; init; }

    /// <summary>
    /// The host part of the URL that was used to connect; null where no host is known (servers, users).
    /// </summary>
    public string? HostName { get; private init; }

    /// <summary>
    /// The applicationUri of the application description; null where none is known yet, and for users.
    /// </summary>
    public string? ApplicationUri { get; private init; }

    /// <summary>Bits, of every certificate of the chain.</summary>
    public int MinKeyBits { get; init; } = DefaultMinKeyBits;

    /// <summary>Bits, of every certificate of the chain.</summary>
    public int MaxKeyBits { get; init; } = DefaultMaxKeyBits;

    /// <param name="hostName">
    /// The host part of the URL that was used to connect: a name, or an address in any form.
    /// </param>
    /// <param name="applicationUri">Of the endpoint's server description; an absent one matches no certificate.</param>
    public static CertificateExpectation OfServer(string hostName, string? applicationUri) =>
        new() { Role = CertificateRole.Server, HostName = hostName, ApplicationUri = applicationUri ?? "" };

    /// <param name="applicationUri">
    /// Of the client description in CreateSession; null in OpenSecureChannel, where it is not known yet.
    /// </param>
    public static CertificateExpectation OfClient(string? applicationUri) =>
        new() { Role = CertificateRole.Client, ApplicationUri = applicationUri };

    public static CertificateExpectation OfUser() => new() { Role = CertificateRole.User };
}

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Which errors an administrator has decided to live with. Each is one that Part 4, 6.1.3 allows to suppress; what is
/// suppressed stands in the verdict, to be logged. Untrusted, broken, revoked and wrong application are no choices.
/// </summary>
public sealed record CertificateRules
{
    /// <summary>Nothing is suppressed.</summary>
    public static readonly CertificateRules Strict = new();

    /// <summary>
    /// A certificate of the chain is not valid yet or no longer; for a site whose clocks cannot be set.
    /// </summary>
    public bool SuppressValidityPeriod { get; init; }

    /// <summary>The server is reached under a name that its certificate does not have.</summary>
    public bool SuppressHostName { get; init; }

    /// <summary>No current revocation list of a CA is at hand. One that is at hand counts, however old.</summary>
    public bool SuppressRevocationUnknown { get; init; }

    /// <summary>
    /// The application's certificate does not say that its key may be used like this, unless a critical extension says
    /// what else it is for.
    /// </summary>
    public bool SuppressUsage { get; init; }
}

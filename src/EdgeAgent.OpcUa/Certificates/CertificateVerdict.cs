namespace EdgeAgent.OpcUa.Certificates;

/// <summary>Whether a certificate may be trusted, and if not, why and what to do.</summary>
public sealed record CertificateVerdict
{
    /// <summary>Good, or the code of the first step that failed.</summary>
    public required StatusCode Status { get; init; }

    public bool IsGood => Status.IsGood;

    /// <summary>The step that failed; null if none did.</summary>
    public required CertificateStep? Step { get; init; }

    /// <summary>
    /// Which certificate, what is wrong with it, and what to do; in plain words, without the code's name.
    /// </summary>
    public required string Sentence { get; init; }

    /// <summary>The peer's own certificate, the first of the chain; null where that cannot be read.</summary>
    public required Certificate? Leaf { get; init; }

    /// <summary>The one of the chain that is at fault; null in a good verdict and where it cannot be read.</summary>
    public required Certificate? AtFault { get; init; }

    /// <summary>Errors that rules of the administrator have set aside; to be logged whenever there are any.</summary>
    public required IReadOnlyList<SuppressedError> Suppressed { get; init; }

    /// <summary>
    /// What a server may tell its client. Structure, chain, signature, policy, trust and revocation become
    /// BadSecurityChecksFailed there, so that nobody learns the trust list by trying (Part 4, 6.1.3).
    /// </summary>
    public StatusCode StatusForPeer => Step switch
    {
        null => Status,
        CertificateStep.ValidityPeriod or CertificateStep.HostName or CertificateStep.ApplicationUri
            or CertificateStep.Usage => Status,
        _ => StatusCodes.BadSecurityChecksFailed,
    };

    /// <exception cref="OpcUaException">The certificate may not be trusted.</exception>
    public void ThrowIfBad()
    {
        if (!IsGood)
        {
            throw new OpcUaException(Status, Sentence);
        }
    }
}

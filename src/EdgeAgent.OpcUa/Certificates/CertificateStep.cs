namespace EdgeAgent.OpcUa.Certificates;

/// <summary>The steps of Part 4, 6.1.3, in the order in which they are done.</summary>
public enum CertificateStep
{
    Structure,
    Chain,
    Signature,
    SecurityPolicy,
    TrustList,
    ValidityPeriod,
    HostName,
    ApplicationUri,
    Usage,
    FindRevocationList,
    Revocation,
}

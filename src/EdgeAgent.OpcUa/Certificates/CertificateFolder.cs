namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// The folders of certificates below the root of a <see cref="CertificateStore"/>, as Part 12 names their roles.
/// </summary>
public enum CertificateFolder
{
    /// <summary>own/certs: this application's certificate and the CAs above it.</summary>
    Own,

    /// <summary>trusted/certs: applications and CAs that are trusted.</summary>
    Trusted,

    /// <summary>issuers/certs: CAs that complete chains and are not trusted by themselves.</summary>
    Issuers,

    /// <summary>rejected: what was refused for want of trust, for the administrator to look at.</summary>
    Rejected,
}

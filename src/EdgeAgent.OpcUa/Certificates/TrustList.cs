namespace EdgeAgent.OpcUa.Certificates;

/// <summary>What the administrator has put into the folders, as it was at one moment.</summary>
/// <param name="Trusted">Applications and CAs that are trusted.</param>
/// <param name="Issuers">CAs that only complete chains.</param>
/// <param name="RevocationLists">Of CAs of both kinds.</param>
/// <param name="Problems">Files that could not be used, and folders that could not be read.</param>
internal sealed record TrustList(
    IReadOnlyList<Certificate> Trusted,
    IReadOnlyList<Certificate> Issuers,
    IReadOnlyList<RevocationList> RevocationLists,
    IReadOnlyList<FileProblem> Problems)
{
    public bool Trusts(Certificate certificate) => Trusted.Any(certificate.SameAs);
}

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>One thing that is wrong with one certificate of a chain.</summary>
/// <param name="What">What is wrong, as the end of a sentence that begins with the certificate.</param>
/// <param name="Remedy">What to do, as a whole sentence.</param>
/// <param name="Rule">The rule that sets it aside; null where none does.</param>
internal sealed record CertificateFinding(
    CertificateStep Step,
    StatusCode Status,
    Certificate? Certificate,
    string What,
    string Remedy,
    string? Rule = null)
{
    public string Sentence(string who) => Certificate is { } certificate
        ? $"The {who} {certificate.Subject} (SHA-1 {certificate.Thumbprint}) {What}. {Remedy}"
        : $"The {who} {What}. {Remedy}";
}

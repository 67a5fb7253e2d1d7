namespace EdgeAgent.OpcUa.Certificates;

/// <summary>An error that a rule of the administrator has set aside.</summary>
/// <param name="Rule">The name of the rule in <see cref="CertificateRules"/>.</param>
/// <param name="Sentence">What would have been said.</param>
public sealed record SuppressedError(CertificateStep Step, StatusCode Status, string Rule, string Sentence);

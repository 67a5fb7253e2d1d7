namespace EdgeAgent.OpcUa.Certificates;

/// <summary>A certificate in a file of one of the folders.</summary>
/// <param name="IsAlone">Whether the file holds nothing else; a file of several can only be changed by hand.</param>
public sealed record StoredCertificate(CertificateFolder Folder, string Path, Certificate Certificate, bool IsAlone);

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Makes the certificate with which an application introduces itself: signed by itself, as Part 6, 6.2.2 wants it.
/// </summary>
internal static class OwnCertificateMaker
{
    // Part 6, 6.2.2; keyCertSign is demanded of certificates that sign themselves.
    private const X509KeyUsageFlags KeyUsage =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
        | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign;

    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    // Servers whose clocks are behind must not find it from the future.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    // A gateway without a battery starts in 1970; a certificate of that time would have ended when the clock is set.
    private static readonly DateTimeOffset EarliestCredible = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="OpcUaException">The clock or the facts cannot be right.</exception>
    public static byte[] Make(ApplicationFacts application, RSA key, DateTimeOffset now)
    {
        if (now < EarliestCredible)
        {
            throw new OpcUaException(
                StatusCodes.BadConfigurationError,
                $"This machine's clock says {now.UtcDateTime:yyyy-MM-dd}, and a certificate of that time would be of "
                + "no use. Set the clock and start again.");
        }

        var subject = new X500DistinguishedNameBuilder();

        // The builder puts what is added first at the end, where the name of the thing itself belongs.
        subject.AddCommonName(application.ApplicationName);
        subject.AddOrganizationName(application.Organization ?? application.InstanceId);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var keyId = new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(KeyUsage, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuth), new Oid(ClientAuth)], critical: false));
        extensions.Add(AlternativeNames(application));
        extensions.Add(keyId);
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(keyId));
        using var certificate = request.CreateSelfSigned(now - ClockTolerance, now + application.Validity);
        return certificate.RawData;
    }

    private static X509Extension AlternativeNames(ApplicationFacts application)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(UriOf(application));
        foreach (var host in application.HostNames.Distinct(StringComparer.OrdinalIgnoreCase).Where(name => name != ""))
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }

    private static Uri UriOf(ApplicationFacts application)
    {
        var host = application.HostNames.FirstOrDefault(host => host.Length > 0) ?? "localhost";
        var text = application.ApplicationUri
            ?? $"urn:{Escape(host.ToLowerInvariant())}:EdgeAgent:{Escape(application.InstanceId)}";
        var isUri = Uri.TryCreate(text, UriKind.Absolute, out var uri);

        // In the certificate stands the normal form, and it is compared character by character.
        return isUri && uri!.AbsoluteUri == text
            ? uri
            : throw new OpcUaException(
                StatusCodes.BadConfigurationError,
                $"\"{text}\" cannot be an application URI. Write "
                + (isUri ? uri!.AbsoluteUri : "a URI such as urn:plant:EdgeAgent:gateway-1") + ".");
    }
    // A colon is what separates the parts.
    private static string Escape(string part) => Uri.EscapeDataString(part);
}

using System.Globalization;

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// The steps of Part 4, 6.1.3 from the signature on, over a chain that ends with a root. Pure: it decides from what it
/// is given. Every step is done for every certificate, the leaf first, before the next step begins; the first finding
/// that no rule sets aside is the verdict.
/// </summary>
internal sealed class CertificateChecks(
    IReadOnlyList<Certificate> chain,
    TrustList trustList,
    CertificateExpectation expectation,
    CertificateRules rules,
    string trustCommand,
    DateTimeOffset now)
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private readonly Certificate _leaf = chain[0];
    private readonly Dictionary<Certificate, RevocationList?> _newestLists = [];

    /// <summary>Computed one after the other, as far as they are asked for.</summary>
    public IEnumerable<CertificateFinding> Findings() =>
        Signatures()
            .Concat(SecurityPolicy())
            .Concat(Trust())
            .Concat(ValidityPeriods())
            .Concat(HostName())
            .Concat(ApplicationUri())
            .Concat(Usages())
            .Concat(RevocationLists())
            .Concat(Revocations());

    private IEnumerable<CertificateFinding> Signatures() =>
        from place in Enumerable.Range(0, chain.Count)
        let certificate = chain[place]
        where certificate.SignatureAlgorithm.IsKnown && !certificate.IsSignedBy(IssuerOf(place))
        select new CertificateFinding(
            CertificateStep.Signature,
            StatusCodes.BadCertificateInvalid,
            certificate,
            $"is not signed by {certificate.Issuer}, though it says so",
            "It is damaged or forged; install a new one where it comes from.");

    private IEnumerable<CertificateFinding> SecurityPolicy() =>
        from certificate in chain
        let what = PolicyFault(certificate)
        where what is not null
        select new CertificateFinding(
            CertificateStep.SecurityPolicy,
            StatusCodes.BadCertificatePolicyCheckFailed,
            certificate,
            what,
            "Install a certificate with an RSA key of "
            + $"{expectation.MinKeyBits} to {expectation.MaxKeyBits} bits and a SHA-256 signature there.");

    private string? PolicyFault(Certificate certificate) => certificate switch
    {
        { Key: null } => "has no RSA key",
        { Key.IsSound: false } => "has an RSA key that protects nothing",
        _ when certificate.KeyBits < expectation.MinKeyBits || certificate.KeyBits > expectation.MaxKeyBits =>
            $"has an RSA key of {certificate.KeyBits} bits",
        { SignatureAlgorithm.IsStrong: false } => $"is signed with {certificate.SignatureName}",
        _ => null,
    };

    private IEnumerable<CertificateFinding> Trust()
    {
        if (!chain.Any(trustList.Trusts))
        {
            yield return new(
                CertificateStep.TrustList,
                StatusCodes.BadCertificateUntrusted,
                _leaf,
                "is not trusted, and no CA above it is",
                $"Compare its thumbprint with the one that the other side shows (SHA-256 {_leaf.Sha256}); "
                + $"if they are the same: {trustCommand} {_leaf.Thumbprint}");
        }
    }

    private IEnumerable<CertificateFinding> ValidityPeriods() =>
        from certificate in chain
        where now < certificate.NotBefore || now > certificate.NotAfter
        select new CertificateFinding(
            CertificateStep.ValidityPeriod,
            LeafOrIssuer(
                certificate, StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateIssuerTimeInvalid),
            certificate,
            now < certificate.NotBefore
                ? $"is not valid before {Text(certificate.NotBefore)}, and it is {Text(now)} here"
                : $"was valid until {Text(certificate.NotAfter)}, and it is {Text(now)} here",
            "Set the clock if it is wrong; else install a new certificate there.",
            rules.SuppressValidityPeriod ? nameof(rules.SuppressValidityPeriod) : null);

    private IEnumerable<CertificateFinding> HostName()
    {
        if (expectation.HostName is { } host && !HostNames.Match(host, _leaf))
        {
            var names = _leaf.DnsNames.Concat(_leaf.Addresses.Select(address => address.ToString())).ToList();
            yield return new(
                CertificateStep.HostName,
                StatusCodes.BadCertificateHostNameInvalid,
                _leaf,
                $"is not for the host \"{DistinguishedName.Printable(host)}\" but for "
                + (names.Count == 0 ? "none" : DistinguishedName.Printable(string.Join(", ", names))),
                "Use one of its names in the URL, or install a certificate with this name there.",
                rules.SuppressHostName ? nameof(rules.SuppressHostName) : null);
        }
    }

    private IEnumerable<CertificateFinding> ApplicationUri()
    {
        if (expectation.ApplicationUri is { } uri && !_leaf.ApplicationUris.Contains(uri, StringComparer.Ordinal))
        {
            var uris = string.Join(", ", _leaf.ApplicationUris);
            yield return new(
                CertificateStep.ApplicationUri,
                StatusCodes.BadCertificateUriInvalid,
                _leaf,
                $"is of the application \"{DistinguishedName.Printable(uris)}\", but the other side calls itself "
                + $"\"{DistinguishedName.Printable(uri)}\"",
                "Install a certificate with its application URI there.");
        }
    }

    private IEnumerable<CertificateFinding> Usages()
    {
        foreach (var (what, isCritical) in LeafUsageFaults())
        {
            yield return new(
                CertificateStep.Usage,
                StatusCodes.BadCertificateUseNotAllowed,
                _leaf,
                what,
                "Install a certificate made for OPC UA there.",
                rules.SuppressUsage && !isCritical ? nameof(rules.SuppressUsage) : null);
        }

        for (var place = 1; place < chain.Count; place++)
        {
            // A CA that only certifies its own next key does not count (RFC 5280, 4.2.1.9).
            var below = chain.Take(place).Skip(1).Count(ca => !ca.SubjectName.SameAs(ca.IssuerName));
            if (CaFault(chain[place], below) is { } what)
            {
                yield return new(
                    CertificateStep.Usage,
                    StatusCodes.BadCertificateIssuerUseNotAllowed,
                    chain[place],
                    what,
                    "Have the certificate issued by a proper CA.");
            }
        }
    }

    // Part 6, 6.2.2 and 6.2.3. Of what 6.2.2 demands, this is what the key is really used for; an application that
    // signs itself may lack keyCertSign, and older ones call themselves a CA.
    private IEnumerable<(string What, bool IsCritical)> LeafUsageFaults()
    {
        var extensions = _leaf.Extensions;
        var isUser = expectation.Role == CertificateRole.User;
        var needed = isUser
            ? KeyUsages.DigitalSignature
            : KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment | KeyUsages.DataEncipherment;
        var missing = needed & ~(extensions.KeyUsage ?? (isUser ? needed : KeyUsages.None));
        if (missing != KeyUsages.None)
        {
            yield return ($"has a key that may not be used for {missing}", extensions.IsKeyUsageCritical);
        }

        var purpose = expectation.Role == CertificateRole.Server ? ServerAuth : ClientAuth;
        if (!isUser && extensions.ExtendedKeyUsage?.Contains(purpose) != true)
        {
            var name = expectation.Role == CertificateRole.Server ? "serverAuth" : "clientAuth";
            yield return ($"is not for the purpose {name}", extensions.IsExtendedKeyUsageCritical);
        }

        if (_leaf.IsCa && (isUser || chain.Count > 1))
        {
            yield return ("is that of a CA, not of an application or a person", extensions.IsBasicConstraintsCritical);
        }
    }

    private static string? CaFault(Certificate ca, int casBelow) => ca switch
    {
        { IsCa: false } => "is not that of a CA",
        _ when ca.KeyUsage?.HasFlag(KeyUsages.KeyCertSign) != true => "has a key that may not sign certificates",
        { Extensions.PathLength: { } length } when casBelow > length => $"allows {length} CAs below it, not {casBelow}",
        _ => null,
    };

    // A root vouches for itself; there is no one to withdraw it but the administrator.
    private IEnumerable<CertificateFinding> RevocationLists() =>
        from place in Enumerable.Range(0, chain.Count - 1)
        let what = RevocationListFault(chain[place + 1])
        where what is not null
        select new CertificateFinding(
            CertificateStep.FindRevocationList,
            LeafOrIssuer(
                chain[place],
                StatusCodes.BadCertificateRevocationUnknown,
                StatusCodes.BadCertificateIssuerRevocationUnknown),
            chain[place],
            what,
            "Put the current revocation list of this CA into the folder crl beside the CA's certificate.",
            rules.SuppressRevocationUnknown ? nameof(rules.SuppressRevocationUnknown) : null);

    private string? RevocationListFault(Certificate ca) => NewestListOf(ca) switch
    {
        null => $"may have been withdrawn: there is no revocation list that {ca.Subject} has signed",
        { NextUpdate: null } => $"may have been withdrawn: the revocation list of {ca.Subject} has no end",
        var list when now < list.ThisUpdate =>
            $"may have been withdrawn: the revocation list of {ca.Subject} is not valid before {Text(list.ThisUpdate)}",
        var list when now > list.NextUpdate =>
            $"may have been withdrawn: the revocation list of {ca.Subject} ended {Text(list.NextUpdate.Value)}",
        _ => null,
    };

    private IEnumerable<CertificateFinding> Revocations() =>
        from place in Enumerable.Range(0, chain.Count - 1)
        where NewestListOf(chain[place + 1])?.Revokes(chain[place]) == true
        select new CertificateFinding(
            CertificateStep.Revocation,
            LeafOrIssuer(
                chain[place], StatusCodes.BadCertificateRevoked, StatusCodes.BadCertificateIssuerRevoked),
            chain[place],
            $"was withdrawn by {chain[place].Issuer}",
            "Install a new certificate there.");

    private RevocationList? NewestListOf(Certificate ca)
    {
        if (!_newestLists.TryGetValue(ca, out var newest))
        {
            newest = trustList.RevocationLists
                .Where(list => list.IsFrom(ca))
                .OrderByDescending(list => list.ThisUpdate <= now)
                .ThenByDescending(list => list.ThisUpdate)
                .FirstOrDefault();
            _newestLists.Add(ca, newest);
        }

        return newest;
    }

    private Certificate IssuerOf(int place) => chain[Math.Min(place + 1, chain.Count - 1)];

    private StatusCode LeafOrIssuer(Certificate certificate, uint leaf, uint issuer) =>
        ReferenceEquals(certificate, _leaf) ? leaf : issuer;

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

namespace EdgeAgent.OpcUa.Certificates;

/// <summary>
/// Decides whether a peer's certificate may be trusted, in the order of Part 4, 6.1.3 and with the code of the step
/// that fails. The folders are read anew each time, so what the administrator does counts at the next attempt. A
/// certificate that is only untrusted is put into the folder of the rejected ones, where the administrator finds it.
/// </summary>
public sealed class CertificateValidator(CertificateStore store, TimeProvider clock, CertificateRules rules)
{
    /// <summary>Any bytes give a verdict, and none throws.</summary>
    /// <param name="chain">DER, the leaf first, the others behind it (Part 6, 6.2.6).</param>
    public CertificateVerdict Validate(ReadOnlyMemory<byte> chain, CertificateExpectation expectation)
    {
        var trustList = store.ReadTrustList();
        var verdict = Decide(chain, trustList, expectation, rules, store.TrustCommand, clock.GetUtcNow());
        if (verdict is { Step: CertificateStep.TrustList, Leaf: { } leaf })
        {
            try
            {
                store.Reject(leaf);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                verdict = verdict with { Sentence = $"{verdict.Sentence} It could not be kept: {error.Message}" };
            }
        }

        return !verdict.IsGood && trustList.Problems is [var problem, ..]
            ? verdict with { Sentence = $"{verdict.Sentence} Note that {problem.Path} {problem.Reason}." }
            : verdict;
    }

    /// <summary>The decision, from what it is given alone.</summary>
    internal static CertificateVerdict Decide(
        ReadOnlyMemory<byte> sent,
        TrustList trustList,
        CertificateExpectation expectation,
        CertificateRules rules,
        string trustCommand,
        DateTimeOffset now)
    {
        var who = expectation.Role switch
        {
            CertificateRole.Server => "server certificate",
            CertificateRole.Client => "client certificate",
            _ => "user certificate",
        };
        if (Certificate.TryReadChain(sent, out var fault) is not { } certificates)
        {
            return Bad(Malformed(null, $"cannot be read: {Stop(fault)}"), who, null, []);
        }

        var leaf = certificates[0];
        var chain = CertificateChain.Build(leaf, certificates.Skip(1), trustList, now);
        var structure = chain.Certificates.Select(FaultOfStructure).FirstOrDefault(finding => finding is not null);
        if (structure is not null)
        {
            return Bad(structure, who, leaf, []);
        }

        if (chain.Gap is { } gap)
        {
            var finding = new CertificateFinding(
                CertificateStep.Chain,
                StatusCodes.BadCertificateChainIncomplete,
                chain.Certificates[^1],
                $"does not lead to a root CA: {gap}",
                "Put the certificates of the CAs into trusted/certs or issuers/certs.");
            return Bad(finding, who, leaf, []);
        }

        List<SuppressedError> suppressed = [];
        var checks = new CertificateChecks(chain.Certificates, trustList, expectation, rules, trustCommand, now);
        foreach (var finding in checks.Findings())
        {
            if (finding.Rule is not { } rule)
            {
                return Bad(finding, who, leaf, suppressed);
            }

            suppressed.Add(new(finding.Step, finding.Status, rule, finding.Sentence(who)));
        }

        return new()
        {
            Status = StatusCode.Good,
            Step = null,
            Sentence = $"The {who} {leaf.Subject} (SHA-1 {leaf.Thumbprint}) is trusted.",
            Leaf = leaf,
            AtFault = null,
            Suppressed = suppressed,
        };
    }

    private static CertificateFinding? FaultOfStructure(Certificate certificate) => certificate switch
    {
        { SubjectName.IsEmpty: true } => Malformed(certificate, "has no subject"),
        { IssuerName.IsEmpty: true } => Malformed(certificate, "has no issuer"),
        { Extensions.UnknownCritical: { } id } =>
            Malformed(certificate, $"has the critical extension {id}, which is not understood here"),
        _ => null,
    };

    private static CertificateFinding Malformed(Certificate? certificate, string what) => new(
        CertificateStep.Structure,
        StatusCodes.BadCertificateInvalid,
        certificate,
        what,
        "Install a proper certificate where it comes from.");

    private static CertificateVerdict Bad(
        CertificateFinding finding, string who, Certificate? leaf, IReadOnlyList<SuppressedError> suppressed) => new()
        {
            Status = finding.Status,
            Step = finding.Step,
            Sentence = finding.Sentence(finding.Certificate is { } at && leaf is not null && !at.SameAs(leaf)
                ? "CA certificate"
                : who),
            Leaf = leaf,
            AtFault = finding.Certificate,
            Suppressed = suppressed,
        };

    // Messages of the DER reader end with a full stop, ours do not.
    private static string Stop(string fault) => fault.TrimEnd('.');
}

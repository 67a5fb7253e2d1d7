namespace EdgeAgent.OpcUa.Certificates;

/// <summary>The certificates from the leaf to the root, as far as they were found.</summary>
/// <param name="Certificates">The leaf first. Names fit from each to the next; signatures are not checked yet.</param>
/// <param name="Gap">Why it does not end with a root; null where it does.</param>
internal sealed record CertificateChain(IReadOnlyList<Certificate> Certificates, string? Gap)
{
    // A CA that was renewed, or is certified by two others, gives several ways to a root; more than these are not
    // tried.
    private const int MaxSteps = 64;

    // Ways of equal worth are told apart by the order of what makes them good; the first one found wins a tie.
    private const int CompleteWorth = 8;
    private const int SignedWorth = 4;
    private const int TrustedWorth = 2;
    private const int InTimeWorth = 1;
    private const int BestWorth = CompleteWorth + SignedWorth + TrustedWorth + InTimeWorth;

    /// <summary>
    /// The best way from the leaf to a root through what the peer sent and what is in the folders: complete before
    /// broken, signed before unsigned, trusted before untrusted, in time before expired.
    /// </summary>
    public static CertificateChain Build(
        Certificate leaf, IEnumerable<Certificate> sent, TrustList trustList, DateTimeOffset now)
    {
        var pool = trustList.Trusted.Concat(trustList.Issuers).Concat(sent).DistinctBy(known => known.Sha256);
        var search = new Search([.. pool], trustList, now);
        search.Extend([leaf], isSigned: true);
        return search.Best;
    }

    private sealed class Search(List<Certificate> pool, TrustList trustList, DateTimeOffset now)
    {
        private int _steps;
        private int _worth = -1;

        public CertificateChain Best { get; private set; } = new([], null);

        public void Extend(List<Certificate> way, bool isSigned)
        {
            _steps++;
            var last = way[^1];
            if (last.IsRoot)
            {
                End(way, null, isSigned);
                return;
            }

            var issuers = pool.Where(last.CanBeIssuedBy).ToList();
            var next = issuers.Where(issuer => !way.Any(issuer.SameAs)).ToList();
            if (next.Count == 0 || way.Count == Certificate.MaxChainLength)
            {
                End(way, WhyNot(last, issuers, next), isSigned);
                return;
            }

            foreach (var (issuer, signs) in Ranked(last, next))
            {
                Extend([.. way, issuer], isSigned && signs);
                if (_worth == BestWorth || _steps >= MaxSteps)
                {
                    return;
                }
            }
        }

        private List<(Certificate Issuer, bool Signs)> Ranked(Certificate last, List<Certificate> issuers) =>
        [
            .. issuers
                .Take(MaxSteps)
                .Select(issuer => (Issuer: issuer, Signs: last.IsSignedBy(issuer)))
                .OrderByDescending(candidate => candidate.Signs)
                .ThenByDescending(candidate => trustList.Trusts(candidate.Issuer))
                .ThenByDescending(candidate => IsInTime(candidate.Issuer))
                .ThenByDescending(candidate => candidate.Issuer.NotAfter),
        ];

        private void End(List<Certificate> way, string? gap, bool isSigned)
        {
            var worth = (gap is null ? CompleteWorth : 0)
                + (isSigned ? SignedWorth : 0)
                + (way.Any(trustList.Trusts) ? TrustedWorth : 0)
                + (way.All(IsInTime) ? InTimeWorth : 0);
            if (worth > _worth)
            {
                _worth = worth;
                Best = new([.. way], gap);
            }
        }

        private bool IsInTime(Certificate certificate) => now >= certificate.NotBefore && now <= certificate.NotAfter;

        private static string WhyNot(Certificate last, List<Certificate> issuers, List<Certificate> next) =>
            next.Count > 0
                ? $"the chain has more than {Certificate.MaxChainLength} certificates"
                : issuers.Count > 0
                    ? $"the issuers go round in a circle at {last.Issuer}"
                    : $"the certificate of its issuer, {last.Issuer}, is not at hand";
    }
}

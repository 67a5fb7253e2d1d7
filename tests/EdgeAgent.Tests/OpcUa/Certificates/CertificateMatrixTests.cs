using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>Part 4, 6.1.3 case by case: the code, and what can and cannot turn a no into a yes.</summary>
public sealed class CertificateMatrixTests
{
    private static readonly CertificateRules Lenient = new()
    {
        SuppressValidityPeriod = true,
        SuppressHostName = true,
        SuppressRevocationUnknown = true,
        SuppressUsage = true,
    };

    // The codes that Part 4, 6.1.3 lets an administrator set aside and a rule exists for.
    private static readonly HashSet<uint> MayBeSetAside =
    [
        StatusCodes.BadCertificateTimeInvalid,
        StatusCodes.BadCertificateIssuerTimeInvalid,
        StatusCodes.BadCertificateHostNameInvalid,
        StatusCodes.BadCertificateRevocationUnknown,
        StatusCodes.BadCertificateIssuerRevocationUnknown,
        StatusCodes.BadCertificateUseNotAllowed,
    ];

    public static TheoryData<string> Names => [.. CertificateCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_case_gives_its_code(string name)
    {
        var (world, expected) = CertificateCases.All[name];

        var verdict = world.Validate();

        Assert.True(expected == verdict.Status, $"expected {expected}, got {verdict.Status}: {verdict.Sentence}");
        Assert.Equal(verdict.IsGood, verdict.Step is null);
        var end = expected.Code == StatusCodes.BadCertificateUntrusted ? verdict.Leaf!.Thumbprint : ".";
        Assert.EndsWith(end, verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Trusting_the_certificate_makes_up_for_nothing_but_trust(string name)
    {
        var (world, expected) = CertificateCases.All[name];
        if (world.Validate() is not { Leaf: { } leaf })
        {
            // Nothing that an administrator could have trusted.
            return;
        }

        var trusted = world.Trusted;
        world = world with { Trusted = all => [.. trusted(all), leaf.Der.ToArray()] };

        Assert.Equal(
            expected.Code == StatusCodes.BadCertificateUntrusted ? StatusCode.Good : expected, world.Validate().Status);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rules_set_aside_what_they_name_and_nothing_else(string name)
    {
        var (world, expected) = CertificateCases.All[name];

        var verdict = (world with { Rules = Lenient }).Validate();

        if (MayBeSetAside.Contains(expected.Code))
        {
            // A critical extension is the issuer's word that the usage is mandatory.
            var isMandatory = verdict is { Step: CertificateStep.Usage, AtFault.Extensions.IsKeyUsageCritical: true };
            Assert.True(verdict.IsGood || isMandatory, verdict.Sentence);
            Assert.True(isMandatory || verdict.Suppressed.Any(error => error.Status == expected), name);
        }
        else
        {
            Assert.Equal(expected, verdict.Status);
        }
    }

    [Fact]
    public void A_usage_that_is_not_critical_can_be_set_aside_and_one_that_is_cannot()
    {
        var world = World.Proper with
        {
            Leaf = World.Proper.Leaf with { Usage = KeyUsages.DigitalSignature, IsUsageCritical = false },
            Rules = new() { SuppressUsage = true },
        };

        var suppressed = Assert.Single(world.Validate().Suppressed);
        Assert.Equal(nameof(CertificateRules.SuppressUsage), suppressed.Rule);
        Assert.Equal(CertificateStep.Usage, suppressed.Step);
        Assert.Equal(
            StatusCodes.BadCertificateUseNotAllowed,
            (world with { Leaf = world.Leaf with { IsUsageCritical = true } }).Validate().Status.Code);
        world = world with { Leaf = world.Leaf with { Purposes = [], ArePurposesCritical = true } };
        Assert.Equal(StatusCodes.BadCertificateUseNotAllowed, world.Validate().Status.Code);
    }

    [Fact]
    public void A_client_learns_nothing_of_the_servers_trust_list()
    {
        HashSet<uint> told =
        [
            StatusCodes.BadSecurityChecksFailed,
            StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateIssuerTimeInvalid,
            StatusCodes.BadCertificateHostNameInvalid, StatusCodes.BadCertificateUriInvalid,
            StatusCodes.BadCertificateUseNotAllowed, StatusCodes.BadCertificateIssuerUseNotAllowed,
        ];
        foreach (var (name, (world, expected)) in CertificateCases.All)
        {
            var status = world.Validate().StatusForPeer;
            Assert.True(expected.IsGood ? status.IsGood : told.Contains(status.Code), $"{name}: {status}");
            Assert.True(!told.Contains(expected.Code) || status == expected, $"{name}: {status}");
        }
    }

    [Fact]
    public void The_matrix_has_every_step_at_every_place_it_applies_to()
    {
        var codes = CertificateCases.All.Values.Select(one => one.Expected.Code).ToHashSet();

        Assert.True(CertificateCases.All.Count >= 120, $"{CertificateCases.All.Count} cases");
        Assert.Superset(
            new HashSet<uint>
            {
                StatusCodes.BadCertificateInvalid, StatusCodes.BadCertificateChainIncomplete,
                StatusCodes.BadCertificatePolicyCheckFailed, StatusCodes.BadCertificateUntrusted,
                StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateIssuerTimeInvalid,
                StatusCodes.BadCertificateHostNameInvalid, StatusCodes.BadCertificateUriInvalid,
                StatusCodes.BadCertificateUseNotAllowed, StatusCodes.BadCertificateIssuerUseNotAllowed,
                StatusCodes.BadCertificateRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown,
                StatusCodes.BadCertificateRevoked, StatusCodes.BadCertificateIssuerRevoked,
            },
            codes);
    }
}

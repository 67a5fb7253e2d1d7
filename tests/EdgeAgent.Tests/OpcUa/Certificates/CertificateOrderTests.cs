using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>Two faults at once: the earlier step of Part 4, 6.1.3 speaks.</summary>
public sealed class CertificateOrderTests
{
    // Faults that do not hide each other, in the order of the steps; where a step looks at several certificates, the
    // fault of the earlier step is the root's and that of the later one the leaf's.
    private static readonly (CertificateStep Step, uint Code, Func<World, World> Spoil)[] Faults =
    [
        (CertificateStep.Structure, StatusCodes.BadCertificateInvalid, world => world with
        {
            Ca = world.Ca with { Extra = [("1.2.3.4", true, [5, 0])] },
        }),
        (CertificateStep.Chain, StatusCodes.BadCertificateChainIncomplete, world => world with
        {
            Ca = world.Ca with { Issuer = "Nobody" },
        }),
        (CertificateStep.Signature, StatusCodes.BadCertificateInvalid, world => world with
        {
            Root = world.Root with { IsSignatureBroken = true },
        }),
        (CertificateStep.SecurityPolicy, StatusCodes.BadCertificatePolicyCheckFailed, world => world with
        {
            Ca = world.Ca with { Hash = HashAlgorithmName.SHA1 },
        }),
        (CertificateStep.TrustList, StatusCodes.BadCertificateUntrusted, world => world with
        {
            Trusted = _ => [],
            Issuers = all => [all.CaDer, all.RootDer],
        }),
        (CertificateStep.ValidityPeriod, StatusCodes.BadCertificateIssuerTimeInvalid, world => world with
        {
            Root = world.Root with { NotAfter = World.Now.AddDays(-1) },
        }),
        (CertificateStep.HostName, StatusCodes.BadCertificateHostNameInvalid, world => world with
        {
            Leaf = world.Leaf with { DnsNames = [] },
        }),
        (CertificateStep.ApplicationUri, StatusCodes.BadCertificateUriInvalid, world => world with
        {
            Leaf = world.Leaf with { Uris = ["urn:other"] },
        }),
        (CertificateStep.Usage, StatusCodes.BadCertificateUseNotAllowed, world => world with
        {
            Leaf = world.Leaf with { Purposes = [TestCertificate.ClientAuth] },
        }),
        (CertificateStep.FindRevocationList, StatusCodes.BadCertificateIssuerRevocationUnknown, world => world with
        {
            HasRootList = false,
        }),
        (CertificateStep.Revocation, StatusCodes.BadCertificateRevoked, world => world with
        {
            CaList = new() { Issuer = world.Ca, Revoked = [3] },
        }),
    ];

    public static TheoryData<CertificateStep, CertificateStep> Pairs
    {
        get
        {
            var pairs = new TheoryData<CertificateStep, CertificateStep>();
            for (var first = 0; first < Faults.Length; first++)
            {
                for (var second = first; second < Faults.Length; second++)
                {
                    pairs.Add(Faults[first].Step, Faults[second].Step);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_earlier_step_speaks(CertificateStep first, CertificateStep second)
    {
        var earlier = Faults[(int)first];
        var later = Faults[(int)second];

        var verdict = earlier.Spoil(later.Spoil(World.Proper)).Validate();

        Assert.Equal(first, verdict.Step);
        Assert.Equal(earlier.Code, verdict.Status.Code);
    }

    [Fact]
    public void Faults_set_aside_on_the_way_to_a_no_are_told_as_well()
    {
        var verdict = (World.Proper with
        {
            Leaf = World.Proper.Leaf with { NotAfter = World.Now.AddDays(-1), DnsNames = [], Uris = [] },
            Rules = new() { SuppressValidityPeriod = true, SuppressHostName = true },
        }).Validate();

        Assert.Equal(StatusCodes.BadCertificateUriInvalid, verdict.Status.Code);
        Assert.Equal(
            [CertificateStep.ValidityPeriod, CertificateStep.HostName], verdict.Suppressed.Select(error => error.Step));
    }

    [Fact]
    public void The_leaf_speaks_before_its_issuers_within_a_step()
    {
        var past = World.Now.AddDays(-1);
        var verdict = (World.Proper with
        {
            Leaf = World.Proper.Leaf with { NotAfter = past },
            Root = World.Proper.Root with { NotAfter = past },
        }).Validate();

        Assert.Equal(StatusCodes.BadCertificateTimeInvalid, verdict.Status.Code);
        Assert.Same(verdict.Leaf, verdict.AtFault);
    }
}

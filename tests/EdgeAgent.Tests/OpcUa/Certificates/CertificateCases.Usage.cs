using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

internal static partial class CertificateCases
{
    private static IEnumerable<(string Name, World World, uint Expected)> Usage()
    {
        const uint NotAllowed = StatusCodes.BadCertificateUseNotAllowed;
        const uint IssuerNotAllowed = StatusCodes.BadCertificateIssuerUseNotAllowed;
        var leaf = Proper.Leaf;
        foreach (var bit in new[]
        {
            KeyUsages.DigitalSignature, KeyUsages.KeyEncipherment, KeyUsages.DataEncipherment,
        })
        {
            yield return ($"usage: leaf without {bit}", Proper with { Leaf = leaf with { Usage = leaf.Usage & ~bit } },
                NotAllowed);
        }

        yield return ("usage: leaf without nonRepudiation", Proper with
        {
            Leaf = leaf with { Usage = leaf.Usage & ~KeyUsages.NonRepudiation },
        }, StatusCodes.Good);
        yield return ("usage: leaf with more", Proper with
        {
            Leaf = leaf with { Usage = leaf.Usage | KeyUsages.KeyAgreement | KeyUsages.DecipherOnly },
        }, StatusCodes.Good);
        yield return ("usage: leaf does not say", Proper with { Leaf = leaf with { Usage = null } }, NotAllowed);
        yield return ("usage: leaf without purposes", Proper with { Leaf = leaf with { Purposes = null } }, NotAllowed);
        yield return ("usage: server for clients", Proper with
        {
            Leaf = leaf with { Purposes = [TestCertificate.ClientAuth] },
        }, NotAllowed);
        yield return ("usage: server for any purpose", Proper with
        {
            Leaf = leaf with { Purposes = ["2.5.29.37.0"] },
        }, NotAllowed);
        yield return ("usage: client for clients", AsClient(leaf with { Purposes = [TestCertificate.ClientAuth] }),
            StatusCodes.Good);
        yield return ("usage: client for servers", AsClient(leaf with { Purposes = [TestCertificate.ServerAuth] }),
            NotAllowed);
        yield return ("usage: leaf is a CA", Proper with { Leaf = leaf with { IsCa = true } }, NotAllowed);
        yield return ("usage: self-signed leaf calls itself a CA",
            (Proper with { Leaf = leaf with { IsCa = true } }).SelfSigned(), StatusCodes.Good);
        yield return ("usage: leaf says nothing about CAs", Proper with { Leaf = leaf with { IsCa = null } },
            StatusCodes.Good);
        yield return ("usage: user may sign", AsUser(leaf with
        {
            Usage = KeyUsages.DigitalSignature,
            Purposes = null,
            Uris = [],
            DnsNames = [],
            Addresses = [],
        }), StatusCodes.Good);
        yield return ("usage: user does not say", AsUser(leaf with { Usage = null }), StatusCodes.Good);
        yield return ("usage: user may not sign", AsUser(leaf with { Usage = KeyUsages.KeyEncipherment }), NotAllowed);
        yield return ("usage: user is a CA", AsUser(leaf with { IsCa = true }), NotAllowed);
        yield return ("usage: self-signed user is a CA", AsUser(leaf with { IsCa = true }).SelfSigned(), NotAllowed);
        foreach (var (place, change) in Places.Where(one => one.Place != "leaf"))
        {
            yield return ($"usage: {place} is not a CA",
                change(Proper, one => one with { IsCa = false, PathLength = null }), IssuerNotAllowed);
            yield return ($"usage: {place} does not say that it is a CA",
                change(Proper, one => one with { IsCa = null }), IssuerNotAllowed);
            yield return ($"usage: {place} may not sign certificates",
                change(Proper, one => one with { Usage = KeyUsages.CrlSign }), IssuerNotAllowed);
            yield return ($"usage: {place} does not say what it may sign",
                change(Proper, one => one with { Usage = null }), IssuerNotAllowed);
        }

        yield return ("usage: root allows no CA below", Proper with
        {
            Root = Proper.Root with { PathLength = 0 },
        }, IssuerNotAllowed);
        yield return ("usage: root allows one CA below", Proper with
        {
            Root = Proper.Root with { PathLength = 1 },
        }, StatusCodes.Good);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Revocation()
    {
        const uint Unknown = StatusCodes.BadCertificateRevocationUnknown;
        const uint IssuerUnknown = StatusCodes.BadCertificateIssuerRevocationUnknown;
        yield return ("list: of the CA missing", Proper with { HasCaList = false }, Unknown);
        yield return ("list: of the root missing", Proper with { HasRootList = false }, IssuerUnknown);
        foreach (var (what, change) in UnusableLists)
        {
            yield return ($"list: of the CA {what}", Proper with { CaList = change(ListOf(Proper.Ca)) }, Unknown);
            yield return ($"list: of the root {what}", Proper with { RootList = change(ListOf(Proper.Root)) },
                IssuerUnknown);
        }

        yield return ("list: CA may not sign lists", Proper with
        {
            Ca = Proper.Ca with { Usage = KeyUsages.KeyCertSign },
        }, Unknown);
        yield return ("list: root may not sign lists", Proper with
        {
            Root = Proper.Root with { Usage = KeyUsages.KeyCertSign },
        }, IssuerUnknown);
        yield return ("list: an old one beside the current one", Proper with
        {
            MoreLists =
            [
                (ListOf(Proper.Ca) with
                {
                    ThisUpdate = World.Now.AddDays(-9), NextUpdate = World.Now.AddDays(-2),
                }).Encode(),
            ],
        }, StatusCodes.Good);
        yield return ("list: a future one beside the current one", Proper with
        {
            MoreLists = [(ListOf(Proper.Ca) with { ThisUpdate = World.Now.AddDays(1) }).Encode()],
        }, StatusCodes.Good);
        yield return ("list: others withdrawn", Proper with
        {
            CaList = ListOf(Proper.Ca) with { Revoked = [33, 333, -3, 3000] },
        }, StatusCodes.Good);
        yield return ("list: not needed by a self-signed one", Proper.SelfSigned(), StatusCodes.Good);

        yield return ("revoked: leaf", Proper with
        {
            CaList = ListOf(Proper.Ca) with { Revoked = [1, 2, 3, 4] },
        }, StatusCodes.BadCertificateRevoked);
        yield return ("revoked: CA", Proper with
        {
            RootList = ListOf(Proper.Root) with { Revoked = [2] },
        }, StatusCodes.BadCertificateIssuerRevoked);
        yield return ("revoked: leaf, though trusted itself", Proper with
        {
            CaList = ListOf(Proper.Ca) with { Revoked = [3] },
            Trusted = world => [world.LeafDer, world.CaDer, world.RootDer],
        }, StatusCodes.BadCertificateRevoked);
        yield return ("revoked: by a list whose end has passed, and unknown is set aside", Proper with
        {
            CaList = ListOf(Proper.Ca) with { Revoked = [3], NextUpdate = World.Now.AddHours(-1) },
            Rules = new() { SuppressRevocationUnknown = true },
        }, StatusCodes.BadCertificateRevoked);
        yield return ("revoked: by a list of somebody else", Proper with
        {
            RootList = ListOf(Proper.Root) with { Revoked = [3] },
        }, StatusCodes.Good);
        yield return ("revoked: once, and given back in the newest list", Proper with
        {
            MoreLists = [(ListOf(Proper.Ca) with { Revoked = [3], ThisUpdate = World.Now.AddDays(-2) }).Encode()],
        }, StatusCodes.Good);
    }

    private static readonly (string What, Func<TestRevocationList, TestRevocationList> Change)[] UnusableLists =
    [
        ("ended", list => list with { NextUpdate = World.Now.AddSeconds(-1) }),
        ("of the future", list => list with { ThisUpdate = World.Now.AddSeconds(1) }),
        ("without end", list => list with { NextUpdate = null }),
        ("damaged", list => list with { IsSignatureBroken = true }),
        ("by another key", list => list with { Signer = Keys.Of("other") }),
        ("signed with SHA-1", list => list with { Hash = HashAlgorithmName.SHA1 }),
    ];

    private static TestRevocationList ListOf(TestCertificate issuer) => new() { Issuer = issuer };

    private static World AsClient(TestCertificate leaf) =>
        Proper with { Leaf = leaf, Expectation = CertificateExpectation.OfClient(World.Uri) };

    private static World AsUser(TestCertificate leaf) =>
        Proper with { Leaf = leaf, Expectation = CertificateExpectation.OfUser() };
}

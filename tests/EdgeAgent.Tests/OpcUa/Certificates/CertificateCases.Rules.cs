using System.Security.Cryptography;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

internal static partial class CertificateCases
{
    private static IEnumerable<(string Name, World World, uint Expected)> Policy()
    {
        const uint Policy = StatusCodes.BadCertificatePolicyCheckFailed;
        foreach (var (place, change) in Places)
        {
            yield return ($"policy: {place} with 1024 bits", change(Proper, one =>
                one with { Key = Keys.Of(place, 1024) }), Policy);
            yield return ($"policy: {place} with more bits than allowed", change(
                Proper with { Expectation = Proper.Expectation with { MaxKeyBits = 2048 } },
                one => one with { Key = Keys.Of("large", 3072) }), Policy);
            yield return ($"policy: {place} with 3072 bits", change(Proper, one =>
                one with { Key = Keys.Of("large", 3072) }), StatusCodes.Good);
            yield return ($"policy: {place} signed with SHA-1", change(Proper, one =>
                one with { Hash = HashAlgorithmName.SHA1 }), Policy);
            yield return ($"policy: {place} signed with MD5", change(Proper, one =>
                one with { Hash = HashAlgorithmName.MD5 }), Policy);
            yield return ($"policy: {place} signed with SHA-512", change(Proper, one =>
                one with { Hash = HashAlgorithmName.SHA512 }), StatusCodes.Good);
            yield return ($"policy: {place} signed with an unknown algorithm", change(Proper, one =>
                one with { Algorithm = "1.2.840.10045.4.3.2" }), Policy);
        }

        yield return ("policy: leaf signed with PSS", Proper with { Leaf = Proper.Leaf with { IsPss = true } },
            StatusCodes.Good);
        yield return ("policy: leaf with an elliptic curve", WithKey(EllipticInfo()), Policy);
        yield return ("policy: leaf with 4104 bits", WithKey(TestCertificate.RsaInfo(Odd(513), [1, 0, 1])), Policy);
        yield return ("policy: leaf with exponent 1", WithKey(TestCertificate.RsaInfo(Odd(256), [1])), Policy);
        yield return ("policy: leaf with even exponent", WithKey(TestCertificate.RsaInfo(Odd(256), [4])), Policy);
        yield return ("policy: leaf with modulus 0", WithKey(TestCertificate.RsaInfo([0], [1, 0, 1])), Policy);
        yield return (
            "policy: self-signed with 1024 bits",
            (Proper with { Leaf = Proper.Leaf with { Key = Keys.Of("leaf", 1024) } }).SelfSigned(),
            Policy);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Trust()
    {
        const uint Untrusted = StatusCodes.BadCertificateUntrusted;
        yield return ("trust: CA", Proper with
        {
            Trusted = world => [world.CaDer],
            Issuers = world => [world.RootDer],
        }, StatusCodes.Good);
        yield return ("trust: leaf", Proper with
        {
            Trusted = world => [world.LeafDer],
            Issuers = world => [world.CaDer, world.RootDer],
        }, StatusCodes.Good);
        yield return ("trust: nothing, root among issuers", Proper with
        {
            Trusted = _ => [],
            Issuers = world => [world.CaDer, world.RootDer],
        }, Untrusted);
        yield return ("trust: nothing, all sent", Proper with
        {
            Trusted = _ => [],
            Issuers = _ => [],
            Sent = WholeChain,
        }, Untrusted);
        yield return ("trust: another leaf of the same CA", Proper with
        {
            Trusted = world => [(world.Leaf with { Serial = 9 }).SignedBy(world.Ca)],
            Issuers = world => [world.CaDer, world.RootDer],
        }, Untrusted);
        yield return ("trust: another CA", Proper with
        {
            Trusted = world => [(world.Ca with { Name = "Other CA" }).SignedBy(world.Root)],
            Issuers = world => [world.CaDer, world.RootDer],
        }, Untrusted);
        yield return ("trust: self-signed, not trusted", Proper.SelfSigned(isTrusted: false), Untrusted);
        yield return ("trust: self-signed, the older one of the same key trusted", Proper.SelfSigned() with
        {
            Trusted = world => [(world.Leaf with { Serial = 9 }).SignedBy(world.Leaf)],
        }, Untrusted);
        yield return ("trust: self-signed, among the issuers", Proper.SelfSigned(isTrusted: false) with
        {
            Issuers = world => [world.LeafDer],
        }, Untrusted);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Time()
    {
        var second = TimeSpan.FromSeconds(1);
        foreach (var (place, change) in Places)
        {
            var code = place == "leaf"
                ? StatusCodes.BadCertificateTimeInvalid
                : StatusCodes.BadCertificateIssuerTimeInvalid;
            yield return ($"time: {place} expired", change(Proper, one =>
                one with { NotAfter = World.Now - second }), code);
            yield return ($"time: {place} of the future", change(Proper, one =>
                one with { NotBefore = World.Now + second }), code);
            yield return ($"time: {place} in its last second", change(Proper, one =>
                one with { NotAfter = World.Now }), StatusCodes.Good);
            yield return ($"time: {place} in its first second", change(Proper, one =>
                one with { NotBefore = World.Now }), StatusCodes.Good);
        }

        yield return (
            "time: self-signed, expired",
            (Proper with { Leaf = Proper.Leaf with { NotAfter = World.Now - second } }).SelfSigned(),
            StatusCodes.BadCertificateTimeInvalid);
        yield return (
            "time: a clock of 1970",
            Proper with { Time = DateTimeOffset.UnixEpoch },
            StatusCodes.BadCertificateTimeInvalid);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> HostName()
    {
        string[] same =
        [
            World.Host, "press-7", "PRESS-7.Plant.Example", "press-7.plant.example.", "192.168.7.7", "fd00::7",
            "[fd00::7]", "FD00:0:0::0007", "::ffff:192.168.7.7", "fd00::7%eth0", "müller.example", "10.9.8.7",
        ];
        string[] different =
        [
            "", ".", "press-8", "press-7.plant.example.org", "plant.example", "ress-7.plant.example", "Press",
            "wild.cards.example", "cards.example", "192.168.7.8", "fd00::8", "localhost", "127.0.0.1", "192.168.7",
            "evil.example",
        ];
        var world = Proper with
        {
            Leaf = Proper.Leaf with
            {
                DnsNames =
                [
                    World.Host, "press-7", "*.cards.example", "xn--mller-kva.example", "10.9.8.7", "evil.example\0.a",
                ],
            },
        };
        foreach (var host in same)
        {
            yield return ($"host: {host}", Reached(world, host), StatusCodes.Good);
        }

        foreach (var host in different)
        {
            yield return ($"host: not {host}", Reached(world, host), StatusCodes.BadCertificateHostNameInvalid);
        }

        yield return (
            "host: none in the certificate",
            Proper with { Leaf = Proper.Leaf with { DnsNames = [], Addresses = [] } },
            StatusCodes.BadCertificateHostNameInvalid);
        yield return (
            "host: only the CA has it",
            Proper with
            {
                Leaf = Proper.Leaf with { DnsNames = [], Addresses = [] },
                Ca = Proper.Ca with { DnsNames = [World.Host] },
            },
            StatusCodes.BadCertificateHostNameInvalid);
        yield return (
            "host: not asked of a client",
            Proper with
            {
                Leaf = Proper.Leaf with { DnsNames = [], Addresses = [] },
                Expectation = CertificateExpectation.OfClient(World.Uri),
            },
            StatusCodes.Good);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Uri()
    {
        string[] wrong =
        [
            "urn:other", World.Uri + "/", "URN" + World.Uri[3..], World.Uri.ToUpperInvariant(), " " + World.Uri,
        ];
        foreach (var uri in wrong)
        {
            yield return (
                $"uri: '{uri}'",
                Proper with { Leaf = Proper.Leaf with { Uris = [uri] } },
                StatusCodes.BadCertificateUriInvalid);
        }

        yield return (
            "uri: none in the certificate",
            Proper with { Leaf = Proper.Leaf with { Uris = [] } },
            StatusCodes.BadCertificateUriInvalid);
        yield return (
            "uri: none in the endpoint",
            Proper with { Expectation = CertificateExpectation.OfServer(World.Host, null) },
            StatusCodes.BadCertificateUriInvalid);
        yield return (
            "uri: the second one",
            Proper with { Leaf = Proper.Leaf with { Uris = ["urn:other", World.Uri] } },
            StatusCodes.Good);
        yield return (
            "uri: only the CA has it",
            Proper with { Leaf = Proper.Leaf with { Uris = [] }, Ca = Proper.Ca with { Uris = [World.Uri] } },
            StatusCodes.BadCertificateUriInvalid);
        yield return (
            "uri: of a client, wrong",
            Proper with { Expectation = CertificateExpectation.OfClient("urn:other") },
            StatusCodes.BadCertificateUriInvalid);
        yield return (
            "uri: of a client, not known yet",
            Proper with { Expectation = CertificateExpectation.OfClient(null) },
            StatusCodes.Good);
    }

    private static World Reached(World world, string host) =>
        world with { Expectation = CertificateExpectation.OfServer(host, World.Uri) };

    private static World WithKey(byte[] info) => Proper with { Leaf = Proper.Leaf with { PublicKeyInfo = info } };

    private static byte[] EllipticInfo()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }

    private static byte[] Odd(int length)
    {
        var number = new byte[length];
        number.AsSpan().Fill(0xA5);
        return number;
    }
}

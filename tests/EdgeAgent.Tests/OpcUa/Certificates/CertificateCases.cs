using System.Security.Cryptography;
using EdgeAgent.OpcUa;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>
/// The matrix: each step of Part 4, 6.1.3, each place in the chain, each way to be wrong, and what is right although it
/// looks odd. One line is one case: its name, how it differs from the proper world, the code that must come out.
/// </summary>
internal static partial class CertificateCases
{
    private static readonly Lazy<IReadOnlyDictionary<string, (World World, StatusCode Expected)>> Made = new(() =>
        new[] { Structure, Chain, Signature, Policy, Trust, Time, HostName, Uri, Usage, Revocation }
            .SelectMany(cases => cases())
            .ToDictionary(one => one.Name, one => (one.World, new StatusCode(one.Expected))));

    public static IReadOnlyDictionary<string, (World World, StatusCode Expected)> All => Made.Value;

    private static World Proper => World.Proper;

    private static IEnumerable<(string Name, World World, uint Expected)> Structure()
    {
        const uint Invalid = StatusCodes.BadCertificateInvalid;
        yield return ("structure: proper", Proper, StatusCodes.Good);
        yield return ("structure: proper, whole chain sent", Proper with { Sent = WholeChain }, StatusCodes.Good);
        yield return ("structure: nothing", Proper with { Sent = _ => [] }, Invalid);
        yield return ("structure: garbage", Proper with { Sent = _ => [1, 2, 3, 4, 5] }, Invalid);
        yield return ("structure: PEM", Proper with { Sent = _ => [.. "-----BEGIN CERTIFICATE-----"u8] }, Invalid);
        yield return ("structure: indefinite length", Proper with { Sent = _ => [0x30, 0x80, 0, 0] }, Invalid);
        yield return ("structure: leaf cut short", Proper with { Sent = world => world.LeafDer[..^1] }, Invalid);
        yield return ("structure: byte behind leaf", Proper with { Sent = world => [.. world.LeafDer, 0] }, Invalid);
        yield return (
            "structure: CA cut short",
            Proper with { Sent = world => [.. world.LeafDer, .. world.CaDer[..^1]] },
            Invalid);
        yield return (
            "structure: root cut short", Proper with { Sent = world => WholeChain(world)[..^1] }, Invalid);
        yield return (
            "structure: nine certificates",
            Proper with { Sent = world => [.. Enumerable.Repeat(world.LeafDer, 9).SelectMany(der => der)] },
            Invalid);
        foreach (var (place, change) in Places)
        {
            yield return ($"structure: {place} of version 1", change(Proper with { Sent = WholeChain }, one =>
                one with { Version = 0 }), Invalid);
            yield return ($"structure: {place} with unknown critical extension", change(Proper, one =>
                one with { Extra = [("1.2.3.4", true, [5, 0])] }), Invalid);
            yield return ($"structure: {place} with name constraints", change(Proper, one =>
                one with { Extra = [("2.5.29.30", true, [0x30, 0])] }), Invalid);
            yield return ($"structure: {place} with unknown extension", change(Proper, one =>
                one with { Extra = [("1.2.3.4", false, [5, 0])] }), StatusCodes.Good);
            yield return ($"structure: {place} without subject", change(Proper, one =>
                one with { Subject = "" }), Invalid);
            yield return ($"structure: {place} with an extension twice", change(
                Proper with { Sent = WholeChain },
                one => one with { Extra = [("1.2.3.4", false, [5, 0]), ("1.2.3.4", false, [5, 0])] }), Invalid);
        }

        yield return (
            "structure: leaf without issuer", Proper with { Leaf = Proper.Leaf with { Issuer = "" } }, Invalid);
        yield return (
            "structure: two signature algorithms",
            Proper with { Leaf = Proper.Leaf with { InnerAlgorithm = "1.2.840.113549.1.1.12" } },
            Invalid);
        yield return (
            "structure: more than 7,500 bytes",
            Proper with { Leaf = Proper.Leaf with { Extra = [("1.2.3.4", false, new byte[7000])] } },
            Invalid);
        yield return (
            "structure: address of five bytes",
            Proper with
            {
                Leaf = Proper.Leaf with
                {
                    Uris = [],
                    DnsNames = [],
                    Addresses = [],
                    Extra = [("2.5.29.17", false, [0x30, 7, 0x87, 5, 1, 2, 3, 4, 5])],
                },
            },
            Invalid);
        yield return (
            "structure: no public key",
            Proper with { Leaf = Proper.Leaf with { PublicKeyInfo = [0x30, 0] } },
            Invalid);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Chain()
    {
        const uint Incomplete = StatusCodes.BadCertificateChainIncomplete;
        yield return ("chain: CA missing", Proper with { Issuers = _ => [] }, Incomplete);
        yield return ("chain: root missing", Proper with { Trusted = _ => [] }, Incomplete);
        yield return (
            "chain: trusted leaf without its CA",
            Proper with { Trusted = world => [world.LeafDer], Issuers = _ => [] },
            Incomplete);
        yield return (
            "chain: trusted CA without its root", Proper with { Trusted = world => [world.CaDer] }, Incomplete);
        yield return (
            "chain: CA and root sent",
            Proper with { Sent = WholeChain, Trusted = world => [world.LeafDer], Issuers = _ => [] },
            StatusCodes.Good);
        yield return (
            "chain: CA of another name", Proper with { Leaf = Proper.Leaf with { Issuer = "Other CA" } }, Incomplete);
        yield return (
            "chain: root of another name", Proper with { Ca = Proper.Ca with { Issuer = "Other Root" } }, Incomplete);
        yield return (
            "chain: CA of the right name with another key",
            Proper with { LeafSigner = Proper.Ca with { Key = Keys.Of("other") } },
            Incomplete);
        yield return (
            "chain: no key identifiers",
            Proper with
            {
                Root = Proper.Root with { HasSubjectKeyId = false, HasAuthorityKeyId = false },
                Ca = Proper.Ca with { HasSubjectKeyId = false, HasAuthorityKeyId = false },
                Leaf = Proper.Leaf with { HasSubjectKeyId = false, HasAuthorityKeyId = false },
            },
            StatusCodes.Good);
        yield return ("chain: a circle of two CAs", Circle(), Incomplete);
        yield return ("chain: eight certificates", Long(8), StatusCodes.Good);
        yield return ("chain: nine certificates", Long(9), Incomplete);
        yield return (
            "chain: an expired CA beside its renewed one",
            Proper with
            {
                Issuers = world =>
                    [(world.Ca with { NotAfter = World.Now.AddDays(-1) }).SignedBy(world.Root), world.CaDer],
            },
            StatusCodes.Good);
        yield return (
            "chain: a forged CA of the same name and key identifier beside the real one",
            Proper with { Sent = world => [.. world.LeafDer, .. ForgedCa(world)] },
            StatusCodes.Good);
        yield return ("chain: self-signed", Proper.SelfSigned(), StatusCodes.Good);
    }

    private static IEnumerable<(string Name, World World, uint Expected)> Signature()
    {
        const uint Invalid = StatusCodes.BadCertificateInvalid;
        foreach (var (place, change) in Places)
        {
            yield return ($"signature: {place} damaged", change(Proper, one =>
                one with { IsSignatureBroken = true }), Invalid);
            yield return ($"signature: {place} by SHA-1 damaged", change(Proper, one =>
                one with { IsSignatureBroken = true, Hash = HashAlgorithmName.SHA1 }), Invalid);
        }

        yield return (
            "signature: leaf by another CA of the same name",
            Proper with
            {
                Leaf = Proper.Leaf with { HasAuthorityKeyId = false },
                LeafSigner = Proper.Ca with { Key = Keys.Of("other") },
            },
            Invalid);
        yield return (
            "signature: CA by another root of the same name",
            Proper with
            {
                Ca = Proper.Ca with { HasAuthorityKeyId = false },
                CaSigner = Proper.Root with { Key = Keys.Of("other") },
            },
            Invalid);
        yield return (
            "signature: self-signed, damaged",
            (Proper with { Leaf = Proper.Leaf with { IsSignatureBroken = true } }).SelfSigned(),
            Invalid);
        yield return (
            "signature: self-signed by another key",
            (Proper with { Leaf = Proper.Leaf with { HasAuthorityKeyId = false } }).SelfSigned() with
            {
                LeafSigner = Proper.Leaf with { Key = Keys.Of("other") },
            },
            Invalid);
        yield return (
            "signature: names changed after signing", Proper with { Sent = world => Renamed(world.LeafDer) }, Invalid);
    }

    private static byte[] WholeChain(World world) => [.. world.LeafDer, .. world.CaDer, .. world.RootDer];

    // The last byte of the application URI.
    private static byte[] Renamed(byte[] der)
    {
        var at = der.AsSpan().IndexOf("Maker:Press"u8);
        der[at + 10] = (byte)'t';
        return der;
    }

    // It claims the real CA's key identifier, so only the signature tells it from the real one.
    private static byte[] ForgedCa(World world) =>
        (world.Ca with { PublicKeyInfo = Keys.Of("other").ExportSubjectPublicKeyInfo() }).SignedBy(world.Root);

    private static World Circle()
    {
        var left = Proper.Ca with { Name = "Left CA", PathLength = null };
        var right = Proper.Ca with { Name = "Right CA", Key = Keys.Of("other"), PathLength = null };
        return Proper with
        {
            LeafSigner = left,
            Issuers = _ => [left.SignedBy(right), right.SignedBy(left)],
        };
    }

    private static World Long(int length)
    {
        List<TestCertificate> cas = [Proper.Root];
        List<byte[]> issuers = [];
        List<byte[]> lists = [];
        while (cas.Count < length - 1)
        {
            var ca = Proper.Ca with { Name = $"CA {cas.Count}", PathLength = null, Serial = cas.Count };
            issuers.Add(ca.SignedBy(cas[^1]));
            lists.Add(new TestRevocationList { Issuer = ca }.Encode());
            cas.Add(ca);
        }

        return Proper with { LeafSigner = cas[^1], Issuers = _ => issuers, MoreLists = lists };
    }

    private static readonly (string Place, Func<World, Func<TestCertificate, TestCertificate>, World> Change)[] Places =
    [
        ("leaf", (world, change) => world with { Leaf = change(world.Leaf) }),
        ("CA", (world, change) => world with { Ca = change(world.Ca) }),
        ("root", (world, change) => world with { Root = change(world.Root) }),
    ];
}

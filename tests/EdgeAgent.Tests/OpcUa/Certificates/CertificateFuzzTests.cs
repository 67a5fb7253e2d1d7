using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>
/// Bytes that a peer or a careless administrator could offer: proper certificates and lists with something done to
/// them. Each gives a verdict, none throws, and none that differs from the proper ones is believed.
/// </summary>
public sealed class CertificateFuzzTests
{
    private const int Rounds = 100_000;

    // Where DER has its structure, a change does more than in the middle of a key.
    private static readonly byte[] Telling =
        [0, 1, 2, 3, 4, 5, 6, 0x0C, 0x13, 0x17, 0x18, 0x30, 0x31, 0x7F, 0x80, 0x81, 0xA0, 0xFF];

    [Fact]
    public void A_mutated_chain_gives_a_verdict_and_never_a_yes()
    {
        var world = World.Proper with { Trusted = all => [all.CaDer], Issuers = all => [all.RootDer] };
        var trustList = world.TrustList();
        byte[][] seeds =
        [
            world.LeafDer,
            [.. world.LeafDer, .. world.CaDer, .. world.RootDer],
            (world.Leaf with { Extra = [("1.2.3.4", true, [5, 0])], IsPss = true }).SignedBy(world.Ca),
            world.Leaf.SignedBy(world.Leaf),
        ];
        var random = new Random(20260601);
        var yes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var seed = seeds[round % seeds.Length];
            var mutated = Mutate(seed, random);
            var verdict = CertificateValidator.Decide(
                mutated, trustList, world.Expectation, world.Rules, "trust", world.Time);
            if (verdict.IsGood)
            {
                // What follows the leaf may be changed: the folders have the same.
                Assert.Equal(world.LeafDer, verdict.Leaf!.Der.ToArray());
                yes++;
            }

            Assert.NotEmpty(verdict.Sentence);
            Assert.DoesNotContain('\e', verdict.Sentence);
        }

        Assert.InRange(yes, 0, Rounds / 4);
    }

    [Fact]
    public void Mutated_revocation_lists_and_cas_never_turn_a_no_into_a_yes()
    {
        var world = World.Proper with
        {
            CaList = new() { Issuer = World.Proper.Ca, Revoked = [2, 3, 4], CriticalInEntry = null },
        };
        var list = world.CaList.Encode();
        var rootList = new TestRevocationList { Issuer = world.Root }.Encode();
        var leaf = world.LeafDer;
        var ca = world.CaDer;
        var root = world.RootDer;
        var random = new Random(20260602);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var mutatesList = round % 2 == 0;
            var trustList = new TrustList(
                Read(root),
                Read(mutatesList ? ca : Mutate(ca, random)),
                [.. ReadList(mutatesList ? Mutate(list, random) : list), .. ReadList(rootList)],
                []);

            var verdict = CertificateValidator.Decide(
                leaf, trustList, world.Expectation, world.Rules, "trust", world.Time);

            Assert.False(verdict.IsGood, verdict.Sentence);
            Assert.NotEqual(0u, verdict.Status.Code);
        }
    }

    private static List<Certificate> Read(byte[] der) =>
        Certificate.TryRead(der, out _) is { } certificate ? [certificate] : [];

    private static List<RevocationList> ReadList(byte[] der) =>
        RevocationList.TryRead(der, out _) is { } list ? [list] : [];

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        var changes = random.Next(1, 4);
        for (var change = 0; change < changes && bytes.Count > 1; change++)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 3:
                    bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                    break;
                case 4:
                    // A piece of it somewhere else: structures where others are expected.
                    var length = Math.Min(random.Next(1, 40), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(100) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }
}

using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

/// <summary>
/// A plant's certificates and what an administrator has done about them. As it stands every step passes: the root is
/// trusted, it has issued a CA that lies among the issuers, and that has issued the server's certificate, which is sent
/// alone. Tests change one thing or two.
/// </summary>
internal sealed record World
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Host = "press-7.plant.example";
    public const string Uri = "urn:press-7.plant.example:Maker:Press";

    public static readonly World Proper = new();

    public TestCertificate Root { get; init; } = new()
    {
        Name = "Plant Root",
        Key = Keys.Of("root"),
        Serial = 1,
        IsCa = true,
        Usage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        NotBefore = Now.AddYears(-5),
        NotAfter = Now.AddYears(5),
    };

    public TestCertificate Ca { get; init; } = new()
    {
        Name = "Plant CA",
        Key = Keys.Of("ca"),
        Serial = 2,
        IsCa = true,
        PathLength = 0,
        Usage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        NotBefore = Now.AddYears(-2),
        NotAfter = Now.AddYears(2),
    };

    public TestCertificate Leaf { get; init; } = new()
    {
        Name = "Press",
        Key = Keys.Of("leaf"),
        Serial = 3,
        IsCa = false,
        Usage = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation | KeyUsages.KeyEncipherment
            | KeyUsages.DataEncipherment,
        Purposes = [TestCertificate.ServerAuth, TestCertificate.ClientAuth],
        Uris = [Uri],
        DnsNames = [Host, "press-7"],
        Addresses = ["192.168.7.7", "fd00::7"],
    };

    /// <summary>Who signs the leaf and the CA, if it is not the one above.</summary>
    public TestCertificate? LeafSigner { get; init; }

    public TestCertificate? CaSigner { get; init; }

    public TestRevocationList? CaList { get; init; }

    public TestRevocationList? RootList { get; init; }

    public bool HasCaList { get; init; } = true;

    public bool HasRootList { get; init; } = true;

    public IReadOnlyList<byte[]> MoreLists { get; init; } = [];

    public CertificateExpectation Expectation { get; init; } = CertificateExpectation.OfServer(Host, Uri);

    public CertificateRules Rules { get; init; } = CertificateRules.Strict;

    public DateTimeOffset Time { get; init; } = Now;

    public Func<World, byte[]> Sent { get; init; } = world => world.LeafDer;

    public Func<World, IEnumerable<byte[]>> Trusted { get; init; } = world => [world.RootDer];

    public Func<World, IEnumerable<byte[]>> Issuers { get; init; } = world => [world.CaDer];

    public byte[] RootDer => Root.SignedBy(Root);

    public byte[] CaDer => Ca.SignedBy(CaSigner ?? Root);

    public byte[] LeafDer => Leaf.SignedBy(LeafSigner ?? Ca);

    /// <summary>The server's certificate signs itself, and the administrator trusts it or not.</summary>
    public World SelfSigned(bool isTrusted = true) => this with
    {
        LeafSigner = Leaf,
        Trusted = world => isTrusted ? [world.LeafDer] : [],
        Issuers = _ => [],
        HasCaList = false,
        HasRootList = false,
    };

    public CertificateVerdict Validate() => CertificateValidator.Decide(
        Sent(this), TrustList(), Expectation, Rules, "edgeagent certs trust", Time);

    public TrustList TrustList() => new(Read(Trusted(this)), Read(Issuers(this)), [.. Lists().Select(Read)], []);

    private IEnumerable<byte[]> Lists()
    {
        if (HasCaList)
        {
            yield return (CaList ?? new TestRevocationList { Issuer = Ca }).Encode();
        }

        if (HasRootList)
        {
            yield return (RootList ?? new TestRevocationList { Issuer = Root }).Encode();
        }

        foreach (var list in MoreLists)
        {
            yield return list;
        }
    }

    // The store leaves out what cannot be read.
    private static List<Certificate> Read(IEnumerable<byte[]> certificates) =>
        [.. certificates.Select(der => Certificate.TryRead(der, out _)).OfType<Certificate>()];

    private static RevocationList Read(byte[] der)
    {
        var list = RevocationList.TryRead(der, out var fault);
        Assert.True(list is not null, fault);
        return list;
    }
}

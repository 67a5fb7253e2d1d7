using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

public sealed class OwnCertificateTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeProvider Clock = new TestStore.FixedClock(World.Now);

    private static readonly ApplicationFacts Facts = new()
    {
        ApplicationName = "EdgeAgent 一号网关",
        InstanceId = "gateway 1",
        HostNames = ["GW-1.plant.example", "gw-1", "10.1.2.3", "fd00::1", "", "gw-1"],
        Organization = "某某工厂",
    };

    private readonly TestStore _test = new();

    private string KeyFile => _test.At("own", "private", "edgeagent.pem");

    private string CertificateFile => _test.At("own", "certs", "edgeagent.der");

    public void Dispose() => _test.Dispose();

    [Fact]
    public void It_is_made_at_the_first_start_and_found_at_the_next()
    {
        using var made = Open();
        using var found = Open(Facts with { HostNames = ["renamed"], ApplicationName = "Other" });

        Assert.Equal(made.Leaf.Thumbprint, found.Leaf.Thumbprint);
        Assert.Equal("urn:gw-1.plant.example:EdgeAgent:gateway%201", found.ApplicationUri);
        Assert.Equal("CN=EdgeAgent 一号网关, O=某某工厂", found.Leaf.Subject);
        Assert.Equal(["GW-1.plant.example", "gw-1"], found.Leaf.DnsNames);
        Assert.Equal(["10.1.2.3", "fd00::1"], found.Leaf.Addresses.Select(address => address.ToString()));
        Assert.Equal(2048, found.Leaf.KeyBits);
        Assert.Equal("sha256WithRSA", found.Leaf.SignatureName);
        Assert.Equal(
            KeyUsages.DigitalSignature | KeyUsages.NonRepudiation | KeyUsages.KeyEncipherment
                | KeyUsages.DataEncipherment | KeyUsages.KeyCertSign,
            found.Leaf.KeyUsage);
        Assert.False(found.Leaf.IsCa);
        Assert.True(found.Leaf.IsSelfSigned);
        Assert.Equal([found.Leaf.Der.ToArray()], found.Chain);
        Assert.Equal(World.Now.AddDays(3652), found.Leaf.NotAfter);
        Assert.True(found.Leaf.NotBefore < World.Now);

        byte[] data = [1, 2, 3];
        using var key = found.WithKey.GetRSAPrivateKey()!;
        using var publicKey = found.WithKey.GetRSAPublicKey()!;
        var signature = key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.True(publicKey.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Another_party_that_trusts_it_accepts_it_as_server_and_as_client()
    {
        using var own = Open();
        using var other = new TestStore();
        other.Put(own.Chain[0], "trusted", "certs", "edgeagent.der");
        var validator = new CertificateValidator(other.Store, Clock, CertificateRules.Strict);

        Assert.True(validator.Validate(
            own.Chain[0], CertificateExpectation.OfServer("gw-1.plant.example", own.ApplicationUri)).IsGood);
        Assert.True(validator.Validate(own.Chain[0], CertificateExpectation.OfClient(own.ApplicationUri)).IsGood);
    }

    [Fact]
    public void The_key_belongs_to_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Open().Dispose();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(KeyFile));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_test.At("own", "private")));

        foreach (var others in new[]
        {
            UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.GroupWrite, UnixFileMode.OtherExecute,
        })
        {
            File.SetUnixFileMode(KeyFile, OwnerOnly | others);
            var error = Assert.Throws<OpcUaException>(() => Open());
            Assert.Equal(StatusCodes.BadConfigurationError, error.Status.Code);
            Assert.Contains($"chmod 600 '{KeyFile}'", error.Message, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead);
        Open().Dispose();
    }

    [Fact]
    public void No_unfinished_file_is_left_behind()
    {
        Open().Dispose();

        Assert.Equal(
            [CertificateFile, _test.At("own", "private", ".lock"), KeyFile],
            Directory.GetFiles(_test.At("own"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(3072)]
    public void Longer_keys_can_be_chosen(int bits)
    {
        using var own = Open(Facts with { KeyBits = bits });

        Assert.Equal(bits, own.Leaf.KeyBits);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(0)]
    [InlineData(2049)]
    public void Other_key_lengths_are_refused(int bits) =>
        Assert.Contains("2048, 3072 or 4096", Refusal(Facts with { KeyBits = bits }), StringComparison.Ordinal);

    [Fact]
    public void After_a_power_cut_between_the_two_files_the_key_gets_its_certificate()
    {
        using var first = Open();
        File.Delete(CertificateFile);

        using var second = Open();

        Assert.NotEqual(first.Leaf.Thumbprint, second.Leaf.Thumbprint);
        using var before = first.WithKey.GetRSAPublicKey()!;
        using var after = second.WithKey.GetRSAPublicKey()!;
        Assert.Equal(before.ExportSubjectPublicKeyInfo(), after.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_clock_that_was_never_set_makes_no_certificate()
    {
        var error = Assert.Throws<OpcUaException>(
            () => _test.Store.OpenOwn(Facts, new TestStore.FixedClock(DateTimeOffset.UnixEpoch)));

        Assert.Contains("clock says 1970", error.Message, StringComparison.Ordinal);
        Assert.Empty(_test.List(CertificateFolder.Own));
    }

    [Fact]
    public void An_explicit_application_uri_is_used_and_must_stay_the_same()
    {
        using var own = Open(Facts with { ApplicationUri = "urn:plant:gw-1" });

        Assert.Equal("urn:plant:gw-1", own.ApplicationUri);
        Open(Facts).Dispose();
        Assert.Contains(
            "the configuration says urn:plant:gw-2",
            Refusal(Facts with { ApplicationUri = "urn:plant:gw-2" }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a uri", "a URI such as")]
    [InlineData("http://Plant/gw", "http://plant/gw")]
    public void An_application_uri_that_would_change_in_the_certificate_is_refused(string uri, string hint) =>
        Assert.Contains(hint, Refusal(Facts with { ApplicationUri = uri }), StringComparison.Ordinal);

    [Fact]
    public void An_operators_certificate_and_key_are_taken_with_their_cas()
    {
        var world = World.Proper;
        Directory.CreateDirectory(_test.At("own", "private"));
        PutKey(Keys.Of("leaf").ExportRSAPrivateKeyPem(), "gateway.key");
        _test.Put(Pem(world.RootDer), "own", "certs", "a-root.pem");
        _test.Put([.. Pem(world.LeafDer), .. Pem(world.CaDer)], "own", "certs", "gateway.pem");
        _test.Put([.. "a note"u8], "own", "certs", "readme.txt");

        using var own = Open();

        Assert.Equal([world.LeafDer, world.CaDer, world.RootDer], own.Chain);
        Assert.Equal(World.Uri, own.ApplicationUri);
        Assert.True(own.WithKey.HasPrivateKey);
        Assert.Equal(365, own.Remaining(World.Now).TotalDays);
        Assert.False(own.IsRenewalDue(World.Now));
        Assert.True(own.IsRenewalDue(World.Now.AddDays(276)));
    }

    [Fact]
    public void Of_several_certificates_for_the_key_the_one_that_lasts_longest_is_taken()
    {
        var old = World.Proper.Leaf;
        var renewed = old with { Serial = 5, NotAfter = old.NotAfter.AddYears(1) };
        Directory.CreateDirectory(_test.At("own", "private"));
        PutKey(old.Key.ExportPkcs8PrivateKeyPem(), "gateway.key");
        _test.Put(old.SignedBy(old), "own", "certs", "b.der");
        _test.Put(renewed.SignedBy(renewed), "own", "certs", "a.der");

        using var own = Open();

        Assert.Equal("05", own.Leaf.SerialNumber);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_with_a_remedy()
    {
        var leaf = World.Proper.Leaf;
        _test.Put(leaf.SignedBy(leaf), "own", "certs", "gateway.der");
        Assert.Contains("has no private key", Refusal(), StringComparison.Ordinal);

        PutKey(Keys.Of("other").ExportPkcs8PrivateKeyPem(), "gateway.key");
        Assert.Contains("No certificate in", Refusal(), StringComparison.Ordinal);

        PutKey(leaf.Key.ExportPkcs8PrivateKeyPem(), "second.key");
        Assert.Contains("holds 2 files", Refusal(), StringComparison.Ordinal);

        File.Delete(_test.At("own", "private", "gateway.key"));
        Open().Dispose();

        File.Delete(_test.At("own", "certs", "gateway.der"));
        Assert.Contains("second.key has no certificate", Refusal(), StringComparison.Ordinal);

        var nameless = leaf with { Uris = [] };
        _test.Put(nameless.SignedBy(nameless), "own", "certs", "gateway.der");
        Assert.Contains("no application URI", Refusal(), StringComparison.Ordinal);

        _test.Put([1, 2, 3], "own", "certs", "gateway.der");
        Assert.Contains("gateway.der is not used as a certificate", Refusal(), StringComparison.Ordinal);

        var weak = leaf with { Key = Keys.Of("leaf", 1024) };
        _test.Put(weak.SignedBy(weak), "own", "certs", "gateway.der");
        PutKey(weak.Key.ExportPkcs8PrivateKeyPem(), "second.key");
        Assert.Contains("1024 bits", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_refused_with_a_remedy()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Dictionary<string, string> keys = new()
        {
            [curve.ExportPkcs8PrivateKeyPem()] = "is not an RSA private key",
            [curve.ExportECPrivateKeyPem()] = "is not an RSA private key",
            ["rubbish"] = "is not an RSA private key",
            [""] = "is empty",
            [Keys.Of("leaf").ExportEncryptedPkcs8PrivateKeyPem(
                "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1))] =
                "is encrypted",
        };
        Directory.CreateDirectory(_test.At("own", "private"));
        foreach (var (key, expected) in keys)
        {
            PutKey(key, "edgeagent.pem");
            Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
        }

        PutKey("", "edgeagent.pem", Keys.Of("leaf").ExportPkcs8PrivateKey());
        Open().Dispose();
    }

    private OwnCertificate Open(ApplicationFacts? facts = null) => _test.Store.OpenOwn(facts ?? Facts, Clock);

    private string Refusal(ApplicationFacts? facts = null)
    {
        var error = Assert.Throws<OpcUaException>(() => Open(facts));
        Assert.Equal(StatusCodes.BadConfigurationError, error.Status.Code);
        return error.Message;
    }

    private void PutKey(string pem, string name, byte[]? der = null)
    {
        var path = _test.Put(der ?? Encoding.ASCII.GetBytes(pem), "own", "private", name);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    private static byte[] Pem(byte[] der) =>
        Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", der) + "\n");
}

using System.Security.Cryptography;
using System.Text;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Tests.OpcUa.Certificates;

public sealed class CertificateStoreTests : IDisposable
{
    private readonly TestStore _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Folders_are_laid_out_as_administrators_know_them()
    {
        var folders = Directory.GetDirectories(_test.Folder, "*", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(_test.Folder, folder));

        Assert.Equal(
            ["issuers", "issuers/certs", "issuers/crl", "own", "own/certs", "rejected", "trusted", "trusted/certs",
                "trusted/crl"],
            folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_put_into_the_folders_counts_at_once()
    {
        var world = World.Proper;
        Assert.Equal(StatusCodes.BadCertificateChainIncomplete, _test.Validate(world).Status.Code);

        _test.Put(world.CaDer, "issuers", "certs", "ca.der");
        _test.Put(world.RootDer, "issuers", "certs", "root.crt");
        Assert.Equal(StatusCodes.BadCertificateUntrusted, _test.Validate(world).Status.Code);

        _test.Put(world.RootDer, "trusted", "certs", "root.crt");
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, _test.Validate(world).Status.Code);

        _test.Put(new TestRevocationList { Issuer = world.Ca }.Encode(), "issuers", "crl", "ca.crl");
        Assert.Equal(StatusCodes.BadCertificateIssuerRevocationUnknown, _test.Validate(world).Status.Code);

        _test.Put(new TestRevocationList { Issuer = world.Root }.Encode(), "trusted", "crl", "root.crl");
        Assert.Equal(StatusCodes.Good, _test.Validate(world).Status.Code);

        File.Delete(_test.At("trusted", "certs", "root.crt"));
        Assert.Equal(StatusCodes.BadCertificateUntrusted, _test.Validate(world).Status.Code);
    }

    [Fact]
    public void An_untrusted_certificate_waits_for_the_administrator_and_the_sentence_says_how()
    {
        var world = World.Proper.SelfSigned();

        var verdict = _test.Validate(world);

        var waiting = Assert.Single(_test.List(CertificateFolder.Rejected));
        Assert.Equal(world.LeafDer, waiting.Certificate.Der.ToArray());
        Assert.Contains(waiting.Certificate.Sha256, verdict.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            $"edgeagent certs trust --pki {_test.Folder} {waiting.Certificate.Thumbprint}",
            verdict.Sentence,
            StringComparison.Ordinal);

        _test.Store.Trust(waiting);
        Assert.True(_test.Validate(world).IsGood);
        Assert.Empty(_test.List(CertificateFolder.Rejected));

        _test.Store.Distrust(waiting.Certificate);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, _test.Validate(world).Status.Code);
        Assert.Empty(_test.List(CertificateFolder.Trusted));
        Assert.Single(_test.List(CertificateFolder.Rejected));
    }

    [Fact]
    public void Lying_in_the_rejected_folder_is_no_trust_and_expired_ones_are_not_put_there()
    {
        var world = World.Proper.SelfSigned();
        _test.Put(world.LeafDer, "rejected", "by-hand.der");

        Assert.False(_test.Validate(world).IsGood);

        _test.Put(world.LeafDer, "trusted", "certs", "leaf.der");
        Assert.Equal(
            StatusCodes.BadCertificateTimeInvalid,
            _test.Validate(world with { Time = World.Now.AddYears(9) }).Status.Code);
        Assert.Equal(2, _test.List(CertificateFolder.Rejected).Count);
    }

    [Fact]
    public void The_rejected_folder_keeps_the_newest_and_what_people_put_there()
    {
        var now = World.Now.UtcDateTime;
        File.SetLastWriteTimeUtc(_test.Put(World.Proper.RootDer, "rejected", "by-hand.der"), now.AddYears(-1));
        for (var serial = 1; serial <= CertificateStore.MaxRejected + 10; serial++)
        {
            var certificate = World.Proper.Leaf with { Serial = serial };
            Reject(certificate.SignedBy(certificate));
            var newest = new DirectoryInfo(_test.At("rejected")).GetFiles().MaxBy(file => file.LastWriteTimeUtc)!;
            File.SetLastWriteTimeUtc(newest.FullName, now.AddSeconds(serial));
        }

        var kept = _test.List(CertificateFolder.Rejected);
        Assert.Equal(CertificateStore.MaxRejected + 1, kept.Count);
        Assert.Contains(kept, stored => stored.Path.EndsWith("by-hand.der", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(11, CertificateStore.MaxRejected),
            kept.Where(stored => !stored.Path.EndsWith("by-hand.der", StringComparison.Ordinal))
                .Select(stored => Convert.ToInt32(stored.Certificate.SerialNumber, 16)).Order());
    }

    [Theory]
    [InlineData("../../evil", "______evil")]
    [InlineData("/etc/passwd", "_etc_passwd")]
    [InlineData("a\0b\nc", "a_b_c")]
    [InlineData("压机 7 号", "压机_7_号")]
    [InlineData("", "_")]
    public void A_peer_cannot_choose_where_its_certificate_is_kept(string name, string expected)
    {
        var certificate = World.Proper.Leaf with { Name = name.Length == 0 ? "x" : name };
        var der = certificate.SignedBy(certificate);
        if (name.Length == 0)
        {
            certificate = certificate with { Subject = "" };
            der = certificate.SignedBy(certificate);
        }

        Reject(der);

        var file = Assert.Single(Directory.GetFiles(_test.At("rejected")));
        Assert.Equal($"{expected} [{Convert.ToHexString(Sha1(der))}].der", Path.GetFileName(file));
        Assert.Equal(der, File.ReadAllBytes(file));
    }

    [Fact]
    public void Pem_is_read_also_with_text_around_it_and_several_parts()
    {
        var world = World.Proper;
        _test.Put([.. "Subject: x\n"u8, .. Pem("CERTIFICATE", world.RootDer)], "trusted", "certs", "root.pem");
        _test.Put(
            [.. Pem("CERTIFICATE", world.CaDer), .. Pem("CERTIFICATE", world.RootDer)], "issuers", "certs", "all.pem");
        _test.Put(Pem("X509 CRL", new TestRevocationList { Issuer = world.Ca }.Encode()), "issuers", "crl", "ca.pem");
        _test.Put(Pem("X509 CRL", new TestRevocationList { Issuer = world.Root }.Encode()), "trusted", "crl", "r.pem");

        Assert.True(_test.Validate(world).IsGood);
        Assert.All(_test.List(CertificateFolder.Issuers), stored => Assert.False(stored.IsAlone));
        Assert.Empty(_test.Problems);
    }

    [Fact]
    public void A_file_of_several_certificates_is_not_taken_apart()
    {
        var world = World.Proper;
        var bundle = _test.Put(
            [.. Pem("CERTIFICATE", world.CaDer), .. Pem("CERTIFICATE", world.RootDer)], "trusted", "certs", "all.pem");
        _test.Put(world.CaDer, "trusted", "certs", "ca.der");

        var error = Assert.Throws<OpcUaException>(() => _test.Store.Distrust(Read(world.CaDer)));

        Assert.Contains(bundle, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _test.List(CertificateFolder.Trusted).Count);
    }

    [Fact]
    public void All_copies_of_a_certificate_are_withdrawn()
    {
        var world = World.Proper.SelfSigned();
        _test.Put(world.LeafDer, "trusted", "certs", "a.der");
        _test.Put(Pem("CERTIFICATE", world.LeafDer), "trusted", "certs", "b.pem");

        _test.Store.Distrust(Read(world.LeafDer));

        Assert.Empty(_test.List(CertificateFolder.Trusted));
        Assert.Single(_test.List(CertificateFolder.Rejected));
    }

    [Fact]
    public void Files_of_no_use_are_named_and_in_nobodys_way()
    {
        var world = World.Proper.SelfSigned();
        _test.Put(world.LeafDer, "trusted", "certs", "press.der");
        Dictionary<string, byte[]> files = new()
        {
            ["empty.der"] = [],
            ["text.txt"] = [.. "hello"u8],
            ["key.pem"] = Pem("PRIVATE KEY", [1, 2, 3]),
            ["broken.pem"] = [.. "-----BEGIN CERTIFICATE-----\nno base64 and no end"u8],
            ["list.der"] = new TestRevocationList { Issuer = world.Root }.Encode(),
            ["big.der"] = new byte[200_000],
            ["cut.der"] = world.LeafDer[..^10],
        };
        foreach (var (name, bytes) in files)
        {
            _test.Put(bytes, "trusted", "certs", name);
        }

        _test.Put([1], "trusted", "certs", ".hidden");
        Directory.CreateDirectory(_test.At("trusted", "certs", "folder"));
        File.CreateSymbolicLink(_test.At("trusted", "certs", "gone.der"), "/nowhere");
        File.CreateSymbolicLink(_test.At("trusted", "certs", "device.der"), "/dev/zero");

        Assert.Single(_test.List(CertificateFolder.Trusted));
        Assert.Equal(
            files.Keys.Append("gone.der").Append("device.der").Order(),
            _test.Problems.Select(problem => Path.GetFileName(problem.Path)).Order());
        Assert.True(_test.Validate(world).IsGood);

        var verdict = _test.Validate(world with { Leaf = world.Leaf with { Serial = 77 }, Sent = all => all.LeafDer });
        Assert.Contains("Note that", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_too_many_files_is_said_to_be_one()
    {
        for (var i = 0; i <= CertificateFiles.MaxRevocationListFiles; i++)
        {
            _test.Put([1], "trusted", "crl", $"{i}.crl");
        }

        Assert.Contains(
            _test.Store.ProblemsOfRevocationLists(),
            problem => problem.Path == _test.At("trusted", "crl")
                && problem.Reason.Contains("more than 100", StringComparison.Ordinal));
    }

    [Fact]
    public void A_store_that_has_vanished_trusts_nobody()
    {
        var world = World.Proper.SelfSigned();
        _test.Put(world.LeafDer, "trusted", "certs", "press.der");
        Directory.Delete(_test.Folder, recursive: true);

        var verdict = _test.Validate(world);

        Assert.Equal(StatusCodes.BadCertificateUntrusted, verdict.Status.Code);
        Assert.Contains("could not be kept", verdict.Sentence, StringComparison.Ordinal);
        Directory.CreateDirectory(_test.Folder);
    }

    [Fact]
    public void Thumbprints_are_found_as_people_write_them()
    {
        var certificate = Read(World.Proper.RootDer);
        _test.Put(World.Proper.RootDer, "trusted", "certs", "root.der");
        var colons = string.Join(':', certificate.Thumbprint.Chunk(2).Select(pair => new string(pair)));

        foreach (var text in new[]
        {
            colons, colons.ToLowerInvariant(), certificate.Thumbprint[..8], certificate.Sha256[..9],
        })
        {
            Assert.Single(_test.Store.Find(CertificateFolder.Trusted, text, []));
        }

        Assert.Empty(_test.Store.Find(CertificateFolder.Trusted, "00000000", []));
    }

    [Fact]
    public void A_certificate_may_be_trusted_through_its_ca()
    {
        var world = World.Proper;
        _test.Put(world.CaDer, "trusted", "certs", "ca.der");

        Assert.Equal("CN=Plant CA", _test.Store.TrustedThrough(Read(world.LeafDer), World.Now)?.Subject);
        Assert.Null(_test.Store.TrustedThrough(Read(world.RootDer), World.Now));
    }

    private void Reject(byte[] der) => _test.Store.Reject(Read(der));

    private static Certificate Read(byte[] der) => Certificate.TryRead(der, out _)!;

    private static byte[] Pem(string label, byte[] der) =>
        Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der) + "\n");

#pragma warning disable CA5350 // OPC UA names certificates by their SHA-1.
    private static byte[] Sha1(byte[] der) => SHA1.HashData(der);
#pragma warning restore CA5350
}

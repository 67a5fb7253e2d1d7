using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Certs;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.Tests.Configuration;
using EdgeAgent.Tests.OpcUa.Certificates;

namespace EdgeAgent.Tests.Commands;

public sealed class CertsCommandTests : IDisposable
{
    private readonly TestStore _test = new();
    private readonly Certificate _press = Read(World.Proper.SelfSigned().LeafDer);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void List_shows_every_folder_with_whose_and_how_long()
    {
        var world = World.Proper;
        _test.Store.Reject(_press);
        _test.Put(world.CaDer, "trusted", "certs", "ca.der");
        var expired = world.Root with { NotAfter = World.Now.AddDays(-3) };
        _test.Put(expired.SignedBy(world.Root), "issuers", "certs", "r.der");
        _test.Put([1], "trusted", "crl", "odd.crl");

        var (code, text, errors) = Run(actions => actions.List());

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("", errors);
        Assert.Contains("自己的 / own: 0", text, StringComparison.Ordinal);
        Assert.Contains("信任的 / trusted: 1", text, StringComparison.Ordinal);
        Assert.Contains("CN=Plant CA  [CA]", text, StringComparison.Ordinal);
        Assert.Contains("已过期 3 天 / expired 3 days ago", text, StringComparison.Ordinal);
        Assert.Contains($"  {_press.Thumbprint[..12]}  CN=Press", text, StringComparison.Ordinal);
        Assert.Contains(World.Uri, text, StringComparison.Ordinal);
        Assert.Contains("还剩 365 天 / 365 days left", text, StringComparison.Ordinal);
        Assert.Contains("odd.crl is not used as a revocation list", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_tells_everything_and_where_it_lies()
    {
        _test.Store.Trust(_press);

        var (code, text, _) = Run(actions => actions.Show(_press.Thumbprint[..8].ToLowerInvariant()));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(_press.Thumbprint, text, StringComparison.Ordinal);
        Assert.Contains(_press.Sha256, text, StringComparison.Ordinal);
        Assert.Contains("press-7.plant.example, press-7, 192.168.7.7, fd00::7", text, StringComparison.Ordinal);
        Assert.Contains("RSA 2048", text, StringComparison.Ordinal);
        Assert.Contains(_test.At("trusted", "certs"), text, StringComparison.Ordinal);
        Assert.Contains("是 / yes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_moves_out_of_the_rejected_ones_and_reject_moves_back()
    {
        _test.Store.Reject(_press);

        var (code, text, _) = Run(actions => actions.Trust(_press.Thumbprint));
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(_press.Sha256, text, StringComparison.Ordinal);
        Assert.Single(_test.List(CertificateFolder.Trusted));
        Assert.Empty(_test.List(CertificateFolder.Rejected));

        Assert.Equal(ExitCode.Ok, Run(actions => actions.Trust(_press.Thumbprint)).Code);

        (code, text, _) = Run(actions => actions.Reject(_press.Thumbprint));
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("no longer trusted: CN=Press", text, StringComparison.Ordinal);
        Assert.Empty(_test.List(CertificateFolder.Trusted));
        Assert.Single(_test.List(CertificateFolder.Rejected));
    }

    [Fact]
    public void Only_what_was_rejected_or_is_in_a_named_file_can_be_trusted()
    {
        _test.Put(World.Proper.RootDer, "issuers", "certs", "root.der");
        var root = Read(World.Proper.RootDer);

        var (code, _, errors) = Run(actions => actions.Trust(root.Thumbprint));

        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains("no certificate in rejected begins with", errors, StringComparison.Ordinal);
        Assert.Empty(_test.List(CertificateFolder.Trusted));
        Assert.Equal(ExitCode.Ok, Run(actions => actions.TrustFile(_test.At("issuers", "certs", "root.der"))).Code);
        Assert.Equal(root.Sha256, Assert.Single(_test.List(CertificateFolder.Trusted)).Certificate.Sha256);
    }

    [Fact]
    public void An_ambiguous_beginning_shows_who_is_meant_and_changes_nothing()
    {
        var (one, other) = Alike();
        _test.Put(one, "rejected", "one.der");
        _test.Put(other, "rejected", "other.der");
        var thumbprint = Read(one).Thumbprint;

        var (code, _, errors) = Run(actions => actions.Trust(thumbprint[..8]));

        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains("2 certificates begin with", errors, StringComparison.Ordinal);
        Assert.Contains(thumbprint, errors, StringComparison.Ordinal);
        Assert.Contains(Read(other).Thumbprint, errors, StringComparison.Ordinal);
        Assert.Empty(_test.List(CertificateFolder.Trusted));

        Assert.Equal(ExitCode.Ok, Run(actions => actions.Trust(thumbprint)).Code);
        Assert.Equal(thumbprint, Assert.Single(_test.List(CertificateFolder.Trusted)).Certificate.Thumbprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zzzzzzzz")]
    [InlineData("0123456")]
    public void What_is_no_thumbprint_is_said_to_be_none(string text)
    {
        _test.Store.Reject(_press);

        foreach (var action in new Func<CertificateActions, int>[]
        {
            actions => actions.Trust(text), actions => actions.Reject(text), actions => actions.Show(text),
        })
        {
            var (code, _, errors) = Run(action);
            Assert.Equal(ExitCode.Unusable, code);
            Assert.Contains("is no thumbprint", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nothing.der", "holds no certificate")]
    [InlineData("both.pem", "holds 2 certificates")]
    public void A_file_must_hold_one_certificate(string name, string expected)
    {
        var pem = "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(_press.Der.Span)
            + "\n-----END CERTIFICATE-----\n";
        File.WriteAllText(_test.At("both.pem"), pem + pem);

        var (code, _, errors) = Run(actions => actions.TrustFile(_test.At(name)));

        Assert.Equal(ExitCode.Unusable, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejecting_what_a_trusted_ca_has_issued_says_that_it_is_still_trusted()
    {
        var world = World.Proper;
        _test.Put(world.CaDer, "trusted", "certs", "ca.der");
        _test.Put(world.LeafDer, "trusted", "certs", "leaf.der");

        var (code, text, _) = Run(actions => actions.Reject(Read(world.LeafDer).Thumbprint));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("the CA CN=Plant CA is still trusted", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Trusting_a_ca_says_what_that_means()
    {
        _test.Store.Reject(Read(World.Proper.RootDer));

        var text = Run(actions => actions.Trust(Read(World.Proper.RootDer).Thumbprint)).Text;

        Assert.Contains("this is a CA: what it issues is trusted from now on", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_in_a_certificate_cannot_write_to_the_terminal()
    {
        var hostile = World.Proper.Leaf with
        {
            Name = "a\e[2J\u202E\nb",
            Uris = ["urn:\e[31m\n"],
            DnsNames = ["\e]0;x\a"],
        };
        _test.Store.Reject(Read(hostile.SignedBy(hostile)));

        var list = Run(actions => actions.List()).Text;
        var show = Run(actions => actions.Show(_test.List(CertificateFolder.Rejected)[0].Certificate.Thumbprint)).Text;

        Assert.DoesNotContain(list + show, character => character is '\e' or '\a' or '\u202E' or '\r');
        Assert.Contains("CN=a?[2J??b", list, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_is_pki_below_the_data_folder_of_the_configuration()
    {
        using var folder = new TestFolder();
        var config = folder.Load().Config!;
        var pki = PkiFolder.Of(config);
        CertificateStore.Open(pki).Reject(_press);

        var (code, text, _) = Run(actions => actions.List(), folder.Path, null);

        Assert.Equal(ExitCode.Ok, code);
        Assert.StartsWith(Path.Combine(config.Resolve(config.Agent.DataFolder), "pki"), text, StringComparison.Ordinal);
        Assert.Contains("CN=Press", text, StringComparison.Ordinal);
        Directory.Delete(pki, recursive: true);
    }

    [Fact]
    public void A_wrong_folder_is_named()
    {
        (string? Config, string? Pki, string Expected)[] cases =
        [
            (null, _test.At("gone"), "no folder"),
            ("/gone", null, "no such folder"),
            (null, null, "--config DIR or --pki DIR"),
            ("a", "b", "--config DIR or --pki DIR"),
        ];
        foreach (var (config, pki, expected) in cases)
        {
            var (code, _, errors) = Run(actions => actions.List(), config, pki);
            Assert.Equal(ExitCode.Unusable, code);
            Assert.Contains(expected, errors, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(_test.At("gone")));

        File.WriteAllText(_test.At("file"), "");
        Assert.Equal(ExitCode.Unusable, Run(actions => actions.List(), null, _test.At("file")).Code);
    }

    [Theory]
    [InlineData("certs list --pki x", 0)]
    [InlineData("certs --pki x show 01234567", 0)]
    [InlineData("certs trust 01234567 --config x", 0)]
    [InlineData("certs trust --file x --pki y", 0)]
    [InlineData("certs trust --pki y", 1)]
    [InlineData("certs trust 01234567 --file x --pki y", 1)]
    [InlineData("certs reject --pki y", 1)]
    [InlineData("certs show --pki y", 1)]
    public void The_command_line_is_checked(string line, int errors)
    {
        var root = new System.CommandLine.RootCommand { CertsCommand.Create() };

        Assert.Equal(errors, Math.Min(1, root.Parse(line).Errors.Count));
    }

    private (int Code, string Text, string Errors) Run(Func<CertificateActions, int> action) =>
        Run(action, null, _test.Folder);

    private static (int Code, string Text, string Errors) Run(
        Func<CertificateActions, int> action, string? config, string? pki)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var clock = new TestStore.FixedClock(World.Now);
        var code = CertsCommand.Run(config, pki, creates: false, action, clock, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    // Two certificates whose thumbprints begin with the same eight digits: a pair among some 80,000. Their signatures
    // are wrong, which does not matter here.
    private static (byte[] One, byte[] Other) Alike()
    {
        var der = World.Proper.LeafDer;
        var seen = new Dictionary<uint, int>();
        for (var number = 0; ; number++)
        {
            BinaryPrimitives.WriteInt32BigEndian(der.AsSpan(^4), number);
#pragma warning disable CA5350 // OPC UA names certificates by their SHA-1.
            var beginning = BinaryPrimitives.ReadUInt32BigEndian(SHA1.HashData(der));
#pragma warning restore CA5350
            if (!seen.TryAdd(beginning, number))
            {
                byte[] other = [.. der];
                BinaryPrimitives.WriteInt32BigEndian(other.AsSpan(^4), seen[beginning]);
                return (der, other);
            }
        }
    }

    private static Certificate Read(byte[] der) => Certificate.TryRead(der, out _)!;
}

using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.SystemTests.Host;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>
/// Certificates between this code and openssl: what we make, openssl must find proper; what openssl issues, signs and
/// revokes, we must judge as it is meant.
/// </summary>
public sealed class CertificatesTests : IDisposable
{
    private const string Uri = "urn:press-7:Maker:Press";
    private const string Host = "press-7.plant.example";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly CertificateStore _store;

    public CertificatesTests() => _store = CertificateStore.Open(_folder.File("pki"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Openssl_finds_our_certificate_and_key_proper()
    {
        using var own = OpenOwn();
        var certificate = Path.Combine(_store.PathOf(CertificateFolder.Own), "edgeagent.der");
        var key = _folder.File("pki/own/private/edgeagent.pem");

        var text = await OpensslAsync("x509", "-in", certificate, "-inform", "DER", "-noout", "-text");
        foreach (var expected in new[]
        {
            "Version: 3 (0x2)", "sha256WithRSAEncryption", "Public-Key: (2048 bit)",
            "URI:urn:gw-1:EdgeAgent:gateway-1, DNS:gw-1, IP Address:10.1.2.3",
            "Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Certificate Sign",
            "TLS Web Server Authentication, TLS Web Client Authentication",
            "CA:FALSE", "X509v3 Subject Key Identifier", "X509v3 Authority Key Identifier",
        })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        await OpensslAsync("x509", "-in", certificate, "-inform", "DER", "-out", _folder.File("own.pem"));
        Assert.Contains(
            "own.pem: OK",
            await OpensslAsync("verify", "-CAfile", _folder.File("own.pem"), _folder.File("own.pem")),
            StringComparison.Ordinal);
        Assert.Contains(
            "RSA key ok", await OpensslAsync("rsa", "-in", key, "-check", "-noout"), StringComparison.Ordinal);
        Assert.Equal(
            await OpensslAsync("x509", "-in", _folder.File("own.pem"), "-noout", "-pubkey"),
            await OpensslAsync("pkey", "-in", key, "-pubout"));
        Assert.Contains(
            own.Leaf.Thumbprint,
            (await OpensslAsync("x509", "-in", _folder.File("own.pem"), "-noout", "-fingerprint", "-sha1"))
                .Replace(":", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plant_that_runs_its_ca_with_openssl_is_understood()
    {
        await MakeCaAsync();
        var leaf = await IssueAsync("press", "-sha256");
        File.Copy(_folder.File("ca.pem"), Path.Combine(_store.PathOf(CertificateFolder.Trusted), "ca.pem"));
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, Validate(leaf).Status.Code);

        await PublishListAsync();
        var verdict = Validate(leaf);
        Assert.True(verdict.IsGood, verdict.Sentence);

        Assert.Equal(
            StatusCodes.BadCertificatePolicyCheckFailed, Validate(await IssueAsync("sha1", "-sha1")).Status.Code);
        var pss = Validate(await IssueAsync(
            "pss", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"));
        Assert.True(pss.IsGood, pss.Sentence);

        await OpensslAsync("ca", "-config", _folder.File("ca.cnf"), "-revoke", _folder.File("press.pem"));
        await PublishListAsync();
        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(leaf).Status.Code);
    }

    [Fact]
    public async Task A_pipe_among_the_certificates_holds_nobody_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in folders.");
        var pipe = Path.Combine(_store.PathOf(CertificateFolder.Trusted), "pipe.der");
        await RunAsync(ChildProcess.Require("mkfifo", "coreutils"), pipe);

        List<FileProblem> problems = [];
        var listed = await Task.Run(() => _store.List(CertificateFolder.Trusted, problems), CancellationToken.None)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Empty(listed);
        Assert.Equal(pipe, Assert.Single(problems).Path);
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_share_one_certificate()
    {
        var starts = Enumerable.Range(0, 4).Select(_ => Task.Run(OpenOwnOrRefused, CancellationToken.None)).ToList();
        var opened = (await Task.WhenAll(starts)).OfType<OwnCertificate>().ToList();

        using var after = OpenOwn();
        Assert.NotEmpty(opened);
        foreach (var own in opened)
        {
            Assert.Equal(after.Leaf.Thumbprint, own.Leaf.Thumbprint);
            own.Dispose();
        }
    }

    [Fact]
    public async Task People_trust_and_reject_at_the_command_line()
    {
        using var own = OpenOwn();
        var other = CertificateStore.Open(_folder.File("other"));
        var validator = new CertificateValidator(other, TimeProvider.System, CertificateRules.Strict);
        var expectation = CertificateExpectation.OfServer("gw-1", own.ApplicationUri);
        var verdict = validator.Validate(own.Chain[0], expectation);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, verdict.Status.Code);

        // The sentence ends with the command that a person would copy.
        var sentence = verdict.Sentence;
        var command = sentence[sentence.IndexOf("edgeagent certs", StringComparison.Ordinal)..].Split(' ');
        var trusted = await AgentProgram.RunAsync(command[1..]);
        Assert.Equal(0, trusted.Code);
        Assert.Contains("已信任 / trusted: CN=EdgeAgent", trusted.Output, StringComparison.Ordinal);
        Assert.True(validator.Validate(own.Chain[0], expectation).IsGood);

        var list = await AgentProgram.RunAsync("certs", "list", "--pki", other.Folder);
        Assert.Equal(0, list.Code);
        Assert.Contains(own.Leaf.Thumbprint[..12], list.Output, StringComparison.Ordinal);

        var rejected = await AgentProgram.RunAsync("certs", "reject", own.Leaf.Thumbprint, "--pki", other.Folder);
        Assert.Equal(0, rejected.Code);
        Assert.False(validator.Validate(own.Chain[0], expectation).IsGood);

        foreach (var wrong in new string[][]
        {
            ["certs", "trust", "0123456789", "--pki", other.Folder],
            ["certs", "trust", "--pki", other.Folder],
            ["certs", "list", "--pki", _folder.File("gone")],
            ["certs", "list"],
        })
        {
            var ended = await AgentProgram.RunAsync(wrong);
            Assert.Equal(2, ended.Code);
            ended.SaysNoStackTrace();
        }
    }

    private OwnCertificate OpenOwn() => _store.OpenOwn(
        new() { ApplicationName = "EdgeAgent", InstanceId = "gateway-1", HostNames = ["gw-1", "10.1.2.3"] },
        TimeProvider.System);

    // Who comes while another makes the key says so and is started again.
    private OwnCertificate? OpenOwnOrRefused()
    {
        try
        {
            return OpenOwn();
        }
        catch (OpcUaException error) when (error.Status.Code == StatusCodes.BadResourceUnavailable)
        {
            return null;
        }
    }

    private CertificateVerdict Validate(byte[] chain) =>
        new CertificateValidator(_store, TimeProvider.System, CertificateRules.Strict)
            .Validate(chain, CertificateExpectation.OfServer(Host, Uri));

    private async Task MakeCaAsync()
    {
        Directory.CreateDirectory(_folder.File("issued"));
        await File.WriteAllTextAsync(_folder.File("index.txt"), "");
        await File.WriteAllTextAsync(_folder.File("serial"), "1000\n");
        await File.WriteAllTextAsync(_folder.File("crlnumber"), "01\n");
        await File.WriteAllTextAsync(_folder.File("ca.cnf"), $"""
            [ca]
            default_ca = plant
            [plant]
            database = {_folder.File("index.txt")}
            serial = {_folder.File("serial")}
            crlnumber = {_folder.File("crlnumber")}
            new_certs_dir = {_folder.File("issued")}
            certificate = {_folder.File("ca.pem")}
            private_key = {_folder.File("ca.key")}
            default_days = 30
            default_crl_days = 7
            default_md = sha256
            policy = any
            x509_extensions = server
            unique_subject = no
            [any]
            commonName = supplied
            organizationName = optional
            [server]
            basicConstraints = critical, CA:FALSE
            keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment
            extendedKeyUsage = serverAuth, clientAuth
            subjectAltName = URI:{Uri}, DNS:{Host}
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid, issuer
            [req]
            distinguished_name = name
            x509_extensions = authority
            [name]
            [authority]
            basicConstraints = critical, CA:TRUE, pathlen:0
            keyUsage = critical, keyCertSign, cRLSign
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            """);
        await OpensslAsync(
            "req", "-x509", "-config", _folder.File("ca.cnf"), "-newkey", "rsa:2048", "-nodes", "-days", "30",
            "-subj", "/O=Plant/CN=Plant CA", "-keyout", _folder.File("ca.key"), "-out", _folder.File("ca.pem"));
    }

    private async Task<byte[]> IssueAsync(string name, string hash, params string[] options)
    {
        await OpensslAsync(
            "req", "-config", _folder.File("ca.cnf"), "-newkey", "rsa:2048", "-nodes", "-subj", $"/O=Plant/CN={name}",
            "-keyout", _folder.File($"{name}.key"), "-out", _folder.File($"{name}.csr"));
        await OpensslAsync(
        [
            "ca", "-batch", "-notext", "-config", _folder.File("ca.cnf"), "-md", hash[1..], .. options,
            "-in", _folder.File($"{name}.csr"), "-out", _folder.File($"{name}.pem"),
        ]);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_folder.File($"{name}.pem"));
        return certificate.RawData;
    }

    private Task<string> PublishListAsync() => OpensslAsync(
        "ca", "-config", _folder.File("ca.cnf"), "-gencrl", "-out", _folder.File("pki/trusted/crl/ca.pem"));

    private static Task<string> OpensslAsync(params string[] arguments) =>
        RunAsync(ChildProcess.Require("openssl", "openssl"), arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(program, arguments);
        var code = await process.WaitForExitAsync(Patience);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}:\n{process.Output}");
        return process.Output;
    }
}

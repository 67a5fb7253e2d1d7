using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Who is let in by node-opcua, and whom the client lets itself in with.</summary>
[Collection(InteropCollection.Name)]
public sealed class InteropSecurityTests(InteropRig rig)
{
    private const string Operator = "operator";
    private const string Password = "op-pass";
    private const string Name = "Scalar.String.Chinese";
    private const string NameValue = "一号压力机：温度 ≥ 80 ℃";

    public static TheoryData<string, MessageSecurityMode> SecuredEndpoints =>
    [
        .. from policy in new[] { "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss" }
           from mode in new[] { MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt }
           select new TheoryDataRow<string, MessageSecurityMode>(policy, mode),
    ];

    public static TheoryData<string, MessageSecurityMode> Endpoints =>
        [("None", MessageSecurityMode.None), .. SecuredEndpoints];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public Task Nobody_in_particular_reads(string policy, MessageSecurityMode mode) =>
        ReadAsync(policy, mode, UserIdentity.Anonymous);

    [Theory]
    [MemberData(nameof(SecuredEndpoints))]
    public Task A_user_with_a_password_reads(string policy, MessageSecurityMode mode) =>
        ReadAsync(policy, mode, User(Password));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_user_with_a_certificate_reads(string policy, MessageSecurityMode mode)
    {
        using var certificate = UserCertificate();
        await ReadAsync(policy, mode, UserIdentity.Certificate(certificate));
    }

    [Fact]
    public async Task A_server_says_who_it_is_and_what_it_offers()
    {
        var server = await rig.ServerAsync();
        var cancelled = TestContext.Current.CancellationToken;

        var offered = await rig.Client.Connector.GetEndpointsAsync(new() { Url = server.Url }, cancelled);
        var servers = await rig.Client.Connector.FindServersAsync(new() { Url = server.Url }, cancelled);

        Assert.Equal(
            Endpoints.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Order(),
            offered.Select(endpoint => $"{endpoint.SecurityPolicyUri!.Split('#')[1]} {endpoint.SecurityMode}").Order());
        Assert.Contains(servers, application => application.ApplicationUri == server.ApplicationUri);
    }

    [Fact]
    public async Task Without_being_told_the_client_takes_the_strongest_encryption()
    {
        var server = await rig.ServerAsync();

        await using var session = await rig.Client.ConnectAsync(new() { Url = server.Url });

        Assert.Equal(SecurityPolicy.Aes256Sha256RsaPss, session.Policy);
        Assert.Equal(MessageSecurityMode.SignAndEncrypt, session.Endpoint.SecurityMode);
    }

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.Sign)]
    public async Task A_wrong_password_is_refused_by_name(string policy, MessageSecurityMode mode)
    {
        var server = await rig.ServerAsync();
        var settings = Settings(server, policy, mode) with { Identity = User("wrong") };

        var failure = await Assert.ThrowsAsync<OpcUaException>(() => rig.Client.ConnectAsync(settings));

        Assert.Contains(
            failure.Status.Code, new[] { StatusCodes.BadUserAccessDenied, StatusCodes.BadIdentityTokenRejected });
        Assert.Contains("Bad", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_password_is_sent_without_security_not_even_encrypted()
    {
        var server = await rig.ServerAsync();
        await using var wire = await Tshark.CaptureAsync(server.Port);
        var settings = InteropClient.None(server) with { Identity = User(Password) };

        var failure = await Assert.ThrowsAsync<OpcUaException>(() => rig.Client.ConnectAsync(settings));
        await wire.StopAsync();

        Assert.Equal(StatusCodes.BadIdentityTokenRejected, failure.Status.Code);
        Assert.Contains("never", failure.Message, StringComparison.Ordinal);
        Assert.False(wire.Contains(Encoding.UTF8.GetBytes(Password)));
        Assert.False(wire.Contains(Encoding.UTF8.GetBytes(Operator)));
        var services = await wire.ReadServicesAsync();
        Assert.Contains("GetEndpointsResponse", services);
        Assert.DoesNotContain("ActivateSessionRequest", services);
    }

    [Fact]
    public async Task An_unknown_server_is_refused_until_somebody_trusts_it()
    {
        var server = await rig.ServerAsync();
        using var stranger = new InteropClient();
        var settings = new ConnectSettings { Url = server.Url };

        var failure = await Assert.ThrowsAsync<OpcUaException>(() => stranger.ConnectAsync(settings));

        Assert.Equal(StatusCodes.BadCertificateUntrusted, failure.Status.Code);
        Assert.Contains(server.Thumbprint, failure.Message, StringComparison.OrdinalIgnoreCase);
        var rejected = Assert.Single(stranger.Store.List(CertificateFolder.Rejected, []));
        stranger.Store.Trust(rejected);
        await using var session = await stranger.ConnectAsync(settings);
        Assert.Equal(NameValue, (await session.ReadOneAsync(session.OnLine(Name))).Value.AsString());
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_client_refuses_it_until_somebody_trusts_it()
    {
        var strict = await rig.StrictServerAsync();
        var settings = new ConnectSettings { Url = strict.Url, Identity = User(Password) };

        var failure = await Assert.ThrowsAsync<OpcUaException>(() => rig.Client.ConnectAsync(settings));

        Assert.Contains(
            failure.Status.Code,
            new[] { StatusCodes.BadSecurityChecksFailed, StatusCodes.BadCertificateUntrusted });
        await Eventually.TrueAsync(() => Directory.EnumerateFiles(strict.RejectedFolder).Any());
        await strict.TrustAsync(rig.Client.Own.WithKey);
        await using var session = await rig.Client.ConnectAsync(settings);
        Assert.Equal(NameValue, (await session.ReadOneAsync(session.OnLine(Name))).Value.AsString());
    }

    [Fact]
    public async Task A_server_that_wants_a_name_is_not_asked_without_one()
    {
        var strict = await rig.StrictServerAsync();

        var failure = await Assert.ThrowsAsync<OpcUaException>(
            () => rig.Client.ConnectAsync(new() { Url = strict.Url }));

        Assert.Equal(StatusCodes.BadIdentityTokenRejected, failure.Status.Code);
        Assert.Contains("user name", failure.Message, StringComparison.Ordinal);
    }

    private static ConnectSettings Settings(NodeOpcUa server, string policy, MessageSecurityMode mode)
    {
        var found = policy == "None"
            ? SecurityPolicy.None
            : SecurityPolicy.Find("http://opcfoundation.org/UA/SecurityPolicy#" + policy);
        return new() { Url = server.Url, Policy = found, Mode = mode };
    }

    private static UserIdentity User(string password) =>
        UserIdentity.UserName(Operator, Encoding.UTF8.GetBytes(password));

    private static X509Certificate2 UserCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=shift leader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.DataEncipherment
            | X509KeyUsageFlags.KeyEncipherment,
            critical: true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private async Task ReadAsync(string policy, MessageSecurityMode mode, UserIdentity identity)
    {
        var server = await rig.ServerAsync();

        await using var session =
            await rig.Client.ConnectAsync(Settings(server, policy, mode) with { Identity = identity });

        Assert.Equal(mode, session.Endpoint.SecurityMode);
        var value = await session.ReadOneAsync(session.OnLine(Name));
        Assert.Equal(NameValue, value.Value.AsString());
    }
}

using System.Net.Sockets;

namespace EdgeAgent.SystemTests.Peers;

/// <summary>
/// Eclipse Mosquitto 2 on four listeners: anonymous; user and password; TLS with user and password; TLS with a client
/// certificate whose CN is the user. User "agent1" (password "s3cret") may use edge/agent1/# and nothing else; "viewer"
/// (password "view") may read edge/#.
/// </summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly string _extra;
    private ChildProcess? _process;

    private Mosquitto(string program, string extra) => (_program, _extra) = (program, extra);

    public int AnonymousPort { get; } = FreePort.Next();

    public int PasswordPort { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    public int MutualTlsPort { get; } = FreePort.Next();

    public PeerCertificates Certificates { get; private set; } = null!;

    /// <param name="extra">Further lines for the general part of mosquitto.conf.</param>
    public static async Task<Mosquitto> StartAsync(string extra = "", string serverCertificate = "server")
    {
        var program = ChildProcess.Require("mosquitto", "mosquitto");
        var passwords = ChildProcess.Require("mosquitto_passwd", "mosquitto");
        var broker = new Mosquitto(program, extra);
        try
        {
            await broker.PrepareAsync(passwords, serverCertificate);
            await broker.StartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        _process = ChildProcess.Start(_program, ["-c", _folder.File("mosquitto.conf")]);
        await _process.WaitReadyAsync(async () =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", AnonymousPort);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task PrepareAsync(string passwords, string serverCertificate)
    {
        Certificates = new(_folder.File("certs"));
        Certificates.MakeServer("server");
        Certificates.MakeServer("expired", expired: true);
        Certificates.MakeServer("elsewhere", host: "elsewhere.example");
        Certificates.MakeClient("agent1");
        Certificates.MakeRogueClient("rogue", "agent1");
        await File.WriteAllTextAsync(_folder.File("passwd"), "");
        foreach (var (user, password) in new[] { ("agent1", "s3cret"), ("viewer", "view") })
        {
            await using var run = ChildProcess.Start(passwords, ["-b", _folder.File("passwd"), user, password]);
            await Eventually.TrueAsync(() => run.HasExited);
        }

        await File.WriteAllTextAsync(
            _folder.File("acl"), "user agent1\ntopic readwrite edge/agent1/#\nuser viewer\ntopic read edge/#\n");
        await File.WriteAllTextAsync(_folder.File("mosquitto.conf"), Configuration(serverCertificate));
    }

    private string Configuration(string serverCertificate)
    {
        var tls = $"""
            cafile {Certificates.Ca}
            certfile {Certificates.Certificate(serverCertificate)}
            keyfile {Certificates.Key(serverCertificate)}
            """;
        var users = $"""
            allow_anonymous false
            password_file {_folder.File("passwd")}
            acl_file {_folder.File("acl")}
            """;

        // As root mosquitto would drop to a user that may not read the test's folder.
        return $"""
            per_listener_settings true
            {(Environment.UserName == "root" ? "user root" : "")}
            log_dest file {_folder.File("log")}
            persistence false
            max_queued_messages 100000
            {_extra}
            listener {AnonymousPort} 127.0.0.1
            allow_anonymous true
            listener {PasswordPort} 127.0.0.1
            {users}
            listener {TlsPort} 127.0.0.1
            {tls}
            {users}
            listener {MutualTlsPort} 127.0.0.1
            {tls}
            require_certificate true
            use_identity_as_username true
            allow_anonymous false
            acl_file {_folder.File("acl")}

            """;
    }
}

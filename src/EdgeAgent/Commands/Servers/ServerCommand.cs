using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.Configuration;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Commands.Servers;

/// <summary>Opens a session for a command, and says in one place what went wrong.</summary>
internal sealed class ServerCommand(ServerRequest request, TimeProvider clock, TextWriter errors)
{
    private const string InstanceOfCommands = "commands";

    /// <summary>Runs the work in a session. Whatever fails becomes a message and an exit code.</summary>
    public async Task<int> RunAsync(
        Func<ClientSession, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        X509Certificate2? user = null;
        try
        {
            if (FindPki() is not var (folder, instance))
            {
                return ExitCode.Unusable;
            }

            user = request.CertificateFile is { } file
                ? X509Certificate2.CreateFromPemFile(file, request.KeyFile)
                : null;
            var store = CertificateStore.Open(folder);
            using var own = store.OpenOwn(
                new() { ApplicationName = "EdgeAgent", InstanceId = instance, HostNames = [Dns.GetHostName()] }, clock);
            var connector = new OpcUaConnector(own, new(store, clock, request.Rules), clock);
            await using var session = await connector.ConnectAsync(Settings(user), cancellationToken);
            WarnOfNone(session);
            return await work(session, cancellationToken);
        }
        catch (OpcUaException failure)
        {
            OpcUaComplaint.Write(failure, request.Url, errors);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("已中断 / interrupted");
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            await errors.WriteLineAsync("错误：证书或密码的文件不能用");
            await errors.WriteLineAsync(
                $"    error: a file of certificates or of the password cannot be used: {error.Message}");
            return ExitCode.Unusable;
        }
        finally
        {
            user?.Dispose();
        }
    }

    private ConnectSettings Settings(X509Certificate2? user) => new()
    {
        Url = request.Url,
        Policy = request.Policy,
        Mode = request.Mode,
        Identity = user is not null ? UserIdentity.Certificate(user)
            : request.User is { } name ? UserIdentity.UserName(name, ReadPassword(request.PasswordFile!))
            : UserIdentity.Anonymous,
        SessionName = "edgeagent",
        ConnectTimeout = request.Timeout,
        RequestTimeout = request.Timeout,
    };

    // The line end that an editor puts behind it is no part of a password.
    private static byte[] ReadPassword(string file) =>
        Encoding.UTF8.GetBytes(File.ReadAllText(file).TrimEnd('\r', '\n'));

    private (string Folder, string Instance)? FindPki()
    {
        if (request.PkiFolder is { } pki)
        {
            return (Path.GetFullPath(pki), InstanceOfCommands);
        }

        if (request.ConfigFolder is not { } folder)
        {
            var home = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return (Path.Combine(home, "edgeagent", "pki"), InstanceOfCommands);
        }

        var result = ConfigFolder.Load(folder);
        if (result.Config is { } config)
        {
            return (Certs.PkiFolder.Of(config), config.Agent.Id);
        }

        CheckCommand.WriteText(result, folder, errors);
        return null;
    }

    private void WarnOfNone(ClientSession session)
    {
        if (!session.Policy.IsSecure)
        {
            errors.WriteLine("注意：连接没有加密和签名，网络里的人能看到和篡改内容");
            errors.WriteLine(
                "    warning: the connection is not secured; anyone in the network can read and change it");
        }

        if (Uri.TryCreate(session.Endpoint.EndpointUrl, UriKind.Absolute, out var announced)
            && (announced.Host, announced.Port) != (session.Url.Host, session.Url.Port))
        {
            errors.WriteLine($"注意：服务器自称 {announced.Authority}，这里用 {session.Url.Authority} 连接");
            errors.WriteLine(
                $"    note: the server calls itself {announced.Authority}; {session.Url.Authority} is used");
        }
    }
}

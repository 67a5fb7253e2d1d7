using System.CommandLine;
using EdgeAgent.Commands.Certs;
using EdgeAgent.Configuration;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Certificates;

namespace EdgeAgent.Commands;

/// <summary>
/// <c>edgeagent certs list|show|trust|reject</c>: whom the agent trusts over OPC UA. Nobody is trusted before a person
/// has said so here, or has put a certificate into the folder.
/// </summary>
internal static class CertsCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config")
        {
            Description = "配置文件夹 / folder with agent.json; the certificates are in pki below its data folder",
            HelpName = "DIR",
            Recursive = true,
        };
        var pki = new Option<string?>("--pki")
        {
            Description = "证书文件夹，代替 --config / folder of the certificates, instead of --config",
            HelpName = "DIR",
            Recursive = true,
        };
        var file = new Option<string?>("--file")
        {
            Description = "信任这个文件里的证书 / trust the certificate in this file, DER or PEM",
            HelpName = "FILE",
        };
        var optional = Thumbprint(ArgumentArity.ZeroOrOne);
        var trust = new Command("trust", "信任一张被拒绝的证书 / trust a certificate that was rejected") { optional, file };
        var shown = Thumbprint(ArgumentArity.ExactlyOne);
        var show = new Command("show", "一张证书的全部内容 / everything about one certificate") { shown };
        var rejected = Thumbprint(ArgumentArity.ExactlyOne);
        var reject = new Command("reject", "不再信任一张证书 / trust a certificate no longer") { rejected };
        var list = new Command("list", "列出所有证书 / all certificates");

        list.SetAction(arguments => Run(
            arguments.GetValue(config), arguments.GetValue(pki), false, actions => actions.List()));
        show.SetAction(arguments => Run(
            arguments.GetValue(config),
            arguments.GetValue(pki),
            false,
            actions => actions.Show(arguments.GetValue(shown)!)));
        trust.SetAction(arguments => arguments.GetValue(file) is { } path
            ? Run(arguments.GetValue(config), arguments.GetValue(pki), true, actions => actions.TrustFile(path))
            : Run(
                arguments.GetValue(config),
                arguments.GetValue(pki),
                false,
                actions => actions.Trust(arguments.GetValue(optional) ?? "")));
        reject.SetAction(arguments => Run(
            arguments.GetValue(config),
            arguments.GetValue(pki),
            false,
            actions => actions.Reject(arguments.GetValue(rejected)!)));
        trust.Validators.Add(arguments =>
        {
            if (arguments.GetValue(optional) is null == arguments.GetValue(file) is null)
            {
                arguments.AddError("写指纹，或写 --file 文件 / write a thumbprint, or --file FILE, not both.");
            }
        });
        return new Command("certs", "OPC UA 证书：信任谁 / OPC UA certificates: whom to trust")
        {
            config, pki, list, show, trust, reject,
        };
    }

    private static int Run(string? config, string? pki, bool creates, Func<CertificateActions, int> action) =>
        Run(config, pki, creates, action, TimeProvider.System, Console.Out, Console.Error);

    /// <param name="creates">Whether the folder is made where there is none.</param>
    internal static int Run(
        string? config,
        string? pki,
        bool creates,
        Func<CertificateActions, int> action,
        TimeProvider clock,
        TextWriter output,
        TextWriter errors)
    {
        if (Find(config, pki, errors) is not { } folder)
        {
            return ExitCode.Unusable;
        }

        if (!creates && !Directory.Exists(folder))
        {
            errors.WriteLine($"错误：还没有证书文件夹 {folder}；代理第一次连接 OPC UA 时建立");
            errors.WriteLine($"    error: no folder {folder} yet; the agent makes it when it first uses OPC UA");
            return ExitCode.Unusable;
        }

        try
        {
            return action(new(CertificateStore.Open(folder), clock, output, errors));
        }
        catch (Exception error) when (error is OpcUaException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"错误：证书文件夹 {folder} 不能这样使用");
            errors.WriteLine($"    error: {error.Message}");
            return ExitCode.Unusable;
        }
    }

    private static string? Find(string? config, string? pki, TextWriter errors)
    {
        if (config is null == pki is null)
        {
            errors.WriteLine("错误：写 --config 配置文件夹，或 --pki 证书文件夹");
            errors.WriteLine("    error: write --config DIR or --pki DIR, and not both");
            return null;
        }

        if (pki is not null)
        {
            return Path.GetFullPath(pki);
        }

        var result = ConfigFolder.Load(config!);
        if (result.Config is { } plant)
        {
            return PkiFolder.Of(plant);
        }

        CheckCommand.WriteText(result, config!, errors);
        return null;
    }

    private static Argument<string?> Thumbprint(ArgumentArity arity) => new("THUMBPRINT")
    {
        Description = "指纹的开头，SHA-1 或 SHA-256 / the beginning of the thumbprint, SHA-1 or SHA-256",
        Arity = arity,
    };
}

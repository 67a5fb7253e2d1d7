using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeAgent.Configuration.Reading;
using EdgeAgent.OpcUa.Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.Commands.Servers;

/// <summary>Options of all commands that talk to an OPC UA server.</summary>
internal sealed class ServerOptions
{
    private readonly Argument<Uri> _url = new("URL")
    {
        Description = "服务器地址 / the server, for example opc.tcp://192.168.10.31:4840",
        CustomParser = ReadUrl,
    };

    private readonly Option<SecurityPolicy?> _policy = new("--policy")
    {
        Description = "安全策略，缺省是最强的 / security policy, the strongest by default: "
            + string.Join(' ', SecurityPolicy.All.Select(policy => policy.Name)),
        HelpName = "POLICY",
        CustomParser = ReadPolicy,
    };

    private readonly Option<MessageSecurityMode?> _mode = new("--mode")
    {
        Description = "安全模式，缺省 SignAndEncrypt / security mode: SignAndEncrypt (default), Sign, None",
        HelpName = "MODE",
        CustomParser = ReadMode,
    };

    private readonly Option<string?> _user = new("--user")
    {
        Description = "用户名 / user name; needs --password-file",
        HelpName = "NAME",
    };

    private readonly Option<FileInfo?> _passwordFile = new("--password-file")
    {
        Description = "只存密码的文件 / file that holds the password and nothing else",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _certificate = new("--certificate")
    {
        Description = "用户证书 / certificate of the user, PEM; needs --key",
        HelpName = "FILE",
    };

    private readonly Option<FileInfo?> _key = new("--key")
    {
        Description = "用户证书的私钥 / private key of the user's certificate, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "配置文件夹：用代理自己的证书 / configuration folder: uses the agent's own certificates",
        HelpName = "DIR",
    };

    private readonly Option<string?> _pki = new("--pki")
    {
        Description = "证书文件夹 / folder of the certificates, instead of --config",
        HelpName = "DIR",
    };

    private readonly Option<bool> _acceptHostName = new("--accept-host-name")
    {
        Description = "接受没有写这个主机名的服务器证书 / take a server certificate that does not name this host",
    };

    private readonly Option<bool> _acceptExpired = new("--accept-expired")
    {
        Description = "接受不在有效期内的服务器证书 / take a server certificate outside its validity",
    };

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "每个请求最多等多久 / how long to wait for each answer, for example 10s",
        HelpName = "10s",
        CustomParser = ReadDuration,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
    };

    public void AddTo(Command command)
    {
        command.Add(_url);
        Option[] options =
        [
            _policy, _mode, _user, _passwordFile, _certificate, _key, _config, _pki, _acceptHostName, _acceptExpired,
            _timeout,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.Validators.Add(arguments =>
        {
            Pair(arguments, _user, _passwordFile);
            Pair(arguments, _certificate, _key);
            Exclude(arguments, _user, _certificate);
            Exclude(arguments, _config, _pki);
        });
    }

    public ServerRequest Read(ParseResult arguments) => new()
    {
        Url = arguments.GetRequiredValue(_url),
        Policy = arguments.GetValue(_policy),
        Mode = arguments.GetValue(_mode),
        User = arguments.GetValue(_user),
        PasswordFile = arguments.GetValue(_passwordFile)?.FullName,
        CertificateFile = arguments.GetValue(_certificate)?.FullName,
        KeyFile = arguments.GetValue(_key)?.FullName,
        ConfigFolder = arguments.GetValue(_config),
        PkiFolder = arguments.GetValue(_pki),
        Rules = new CertificateRules
        {
            SuppressHostName = arguments.GetValue(_acceptHostName),
            SuppressValidityPeriod = arguments.GetValue(_acceptExpired),
        },
        Timeout = arguments.GetValue(_timeout),
    };

    private static void Pair(CommandResult arguments, Option first, Option second)
    {
        if (arguments.GetResult(first) is null != arguments.GetResult(second) is null)
        {
            arguments.AddError($"{first.Name} 和 {second.Name} 要一起写 / {first.Name} and {second.Name} go together.");
        }
    }

    private static void Exclude(CommandResult arguments, Option first, Option second)
    {
        if (arguments.GetResult(first) is not null && arguments.GetResult(second) is not null)
        {
            arguments.AddError($"{first.Name} 和 {second.Name} 只能写一个 / write {first.Name} or {second.Name}.");
        }
    }

    private static Uri ReadUrl(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "opc.tcp" && url.Host.Length > 0
            && url.UserInfo.Length == 0)
        {
            return url;
        }

        argument.AddError(
            $"{Quoted.Of(text)} 不是 OPC UA 地址，写 opc.tcp://主机:4840 / is no OPC UA address; write opc.tcp://HOST:4840.");
        return null!;
    }

    private static SecurityPolicy? ReadPolicy(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (SecurityPolicy.FindByName(text) is { } policy)
        {
            return policy;
        }

        argument.AddError(
            $"没有策略 {Quoted.Of(text)} / there is no policy {Quoted.Of(text)}: "
            + $"{string.Join(' ', SecurityPolicy.All.Select(known => known.Name))}.");
        return null;
    }

    private static MessageSecurityMode? ReadMode(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        MessageSecurityMode[] modes =
            [MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign, MessageSecurityMode.None];
        foreach (var mode in modes)
        {
            if (string.Equals(mode.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        argument.AddError(
            $"没有模式 {Quoted.Of(text)} / there is no mode {Quoted.Of(text)}: {string.Join(' ', modes)}.");
        return null;
    }

    private static TimeSpan ReadDuration(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (DurationText.TryParse(text, out var duration)
            && duration >= TimeSpan.FromMilliseconds(100) && duration <= TimeSpan.FromMinutes(10))
        {
            return duration;
        }

        argument.AddError($"{argument.Argument.Name} {Quoted.Of(text)}: 100ms – 10min.");
        return default;
    }
}

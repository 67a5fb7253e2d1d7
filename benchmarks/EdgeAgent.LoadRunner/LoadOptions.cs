using System.CommandLine;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.LoadRunner;

/// <summary>The options that both measurements have.</summary>
internal sealed class LoadOptions
{
    private readonly Option<string> _url = new("--url") { Description = "opc.tcp://host:port/path", Required = true };
    private readonly Option<string> _label = new("--label")
    {
        Description = "The server's name in the table.",
        DefaultValueFactory = _ => "small server",
    };

    private readonly Option<int> _items = new("--items") { Description = "Nodes.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _interval = new("--interval")
    {
        Description = "Sampling and publishing interval in milliseconds.",
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<string> _policy = new("--policy")
    {
        Description =
            "None, Basic256Sha256, Aes128_Sha256_RsaOaep or Aes256_Sha256_RsaPss; SignAndEncrypt but for None.",
        DefaultValueFactory = _ => SecurityPolicy.None.Name,
    };

    private readonly Option<double> _warmUp = new("--warm")
    {
        Description = "Seconds before the measurement.",
        DefaultValueFactory = _ => 7,
    };

    private readonly Option<double> _window = new("--seconds")
    {
        Description = "Seconds of the measurement.",
        DefaultValueFactory = _ => 12,
    };

    private readonly Option<string> _node = new("--node")
    {
        Description = "Address of the nodes; {0} is a number.",
        DefaultValueFactory = _ => ServeCommand.NodePattern,
    };

    private readonly Option<uint> _first = new("--first")
    {
        Description = "The number of the first node.",
        DefaultValueFactory = _ => ServeCommand.FirstId,
    };

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[] { _url, _label, _items, _interval, _policy, _warmUp, _window, _node, _first })
        {
            command.Add(option);
        }
    }

    public LoadSettings Read(ParseResult parsed) => new()
    {
        Url = new(parsed.GetRequiredValue(_url)),
        Label = parsed.GetRequiredValue(_label),
        Items = parsed.GetValue(_items),
        Interval = TimeSpan.FromMilliseconds(parsed.GetValue(_interval)),
        Policy = SecurityPolicy.FindByName(parsed.GetRequiredValue(_policy))
            ?? throw new ArgumentException($"There is no policy '{parsed.GetValue(_policy)}'."),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
        Window = TimeSpan.FromSeconds(parsed.GetValue(_window)),
        NodePattern = parsed.GetRequiredValue(_node),
        FirstNode = parsed.GetValue(_first),
    };
}

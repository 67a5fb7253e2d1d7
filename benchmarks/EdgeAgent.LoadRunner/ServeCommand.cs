using System.CommandLine;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Server;

namespace EdgeAgent.LoadRunner;

/// <summary>The small server with Doubles that count up, all at once, one for each interval.</summary>
internal static class ServeCommand
{
    /// <summary>The nodes of the small server; {0} is the number of the item.</summary>
    public const string NodePattern = "nsu=urn:edgeagent:load;i={0}";

    private const string NamespaceUri = "urn:edgeagent:load";

    // A numeric id of 0 in a namespace of its own is no null, but some clients think so.
    public const uint FirstId = 1;

    public static Command Create()
    {
        var items = new Option<int>("--items") { Description = "Variables.", DefaultValueFactory = _ => 10_000 };
        var interval = new Option<int>("--interval")
        {
            Description = "Milliseconds between two values of a variable.",
            DefaultValueFactory = _ => 100,
        };
        var command = new Command("serve", "Serves variables that count up, until it is ended.") { items, interval };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(items), TimeSpan.FromMilliseconds(parsed.GetValue(interval)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int items, TimeSpan interval, CancellationToken cancellationToken)
    {
        var space = new AddressSpace();
        var index = space.AddNamespace(NamespaceUri);
        var folder = space.AddFolder(AddressSpace.Objects, new NodeId(index, "Load"), "Load");
        var nodes = new int[items];
        for (var i = 0; i < items; i++)
        {
            nodes[i] = space.AddVariable(folder, new NodeId(index, FirstId + (uint)i), $"Item{i}", BuiltInType.Double);
        }

        var next = 0.0;
        await using var server = new OpcUaServer(new() { ApplicationUri = NamespaceUri }, space, TimeProvider.System);
        server.Every(interval, now =>
        {
            var bits = Variant.From(++next).Bits;
            foreach (var node in nodes)
            {
                space.Set(node, bits, default, now);
            }
        });
        server.Start();
        Console.WriteLine($"READY {server.EndpointUrl}");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // This is how it ends.
        }

        return 0;
    }
}

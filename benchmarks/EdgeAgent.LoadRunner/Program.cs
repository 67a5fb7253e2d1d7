using System.CommandLine;
using EdgeAgent.LoadRunner;

// Loads the OPC UA client: `serve` is a server to read from, `subscribe` and `read` measure the client against any
// server.
var root = new RootCommand("Measures the OPC UA client of EdgeAgent against a server whose variables count up.")
{
    ServeCommand.Create(),
    SubscribeCommand.Create(),
    ReadCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

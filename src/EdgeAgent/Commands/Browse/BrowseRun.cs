using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Models;
using EdgeAgent.OpcUa.Session;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Commands.Browse;

/// <summary>
/// Walks, reads, recognises and writes. What an interruption leaves is written too, and what it lacks is said.
/// </summary>
internal sealed class BrowseRun(
    bool csv,
    int maxDepth,
    int maxNodes,
    NodeAddress from,
    ProgressLine progress,
    TimeProvider clock,
    TextWriter output,
    TextWriter errors)
{
    // What is done sooner needs no progress.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _started = clock.GetTimestamp();
    private string? _interruption;

    public async Task<int> RunAsync(ClientSession session, CancellationToken cancellationToken)
    {
        if (!session.Namespaces.TryResolve(from, out var start))
        {
            throw new OpcUaException(
                StatusCodes.BadNodeIdUnknown, $"The server has no namespace {from.NamespaceUri}.");
        }

        var walk = new AddressSpaceWalk(session, maxDepth, maxNodes);
        await TryAsync(() => walk.RunAsync(
            start,
            (nodes, waiting) => Show(
                (double)(nodes - waiting) / nodes, $"{nodes} 个节点，{waiting} 个待看 / nodes {nodes}, to go {waiting}"),
            cancellationToken));
        var nodes = walk.Nodes;
        var reader = new VariableReader(session, nodes);
        IReadOnlyList<RecognisedState> states = [];
        var variables = InTreeOrder(nodes);
        if (_interruption is null)
        {
            await TryAsync(async () =>
            {
                states = CompanionModels.Recognise(await TypeChains.ReadAsync(session, nodes, cancellationToken));
                variables = WithStates(variables, states, nodes);
                await reader.RunAsync(
                    variables,
                    count => Show(
                        (double)count / variables.Count, $"{count}/{variables.Count} 个变量 / variables"),
                    cancellationToken);
            });
        }

        progress.Clear();
        Write(nodes, variables, reader.Facts, states, session.Namespaces);
        return Summarise(walk, variables.Count, reader.Facts.Count);
    }

    private void Write(
        IReadOnlyList<WalkedNode> nodes,
        IReadOnlyList<int> variables,
        IReadOnlyDictionary<int, VariableFacts> facts,
        IReadOnlyList<RecognisedState> states,
        NamespaceTable namespaces)
    {
        var rows = new TagRows(nodes, facts, namespaces).Of(variables);
        if (csv)
        {
            TagCsv.Write(rows, output);
        }
        else if (nodes.Count > 0)
        {
            new TreeText(nodes, facts, namespaces).Write(output);
        }

        // What is no row must not get into the file.
        StateRuleText.Write(states, rows.ToDictionary(row => row.Index), csv ? errors : output);
    }

    private int Summarise(AddressSpaceWalk walk, int variables, int known)
    {
        foreach (var (id, status) in walk.Refused.Take(5))
        {
            errors.WriteLine($"看不到 {id} 下面 / cannot look into {id}: {status}");
        }

        var isComplete = _interruption is null && walk.Waiting == 0 && !walk.IsFull;
        errors.WriteLine($"{walk.Nodes.Count} 个节点，{variables} 个变量 / nodes {walk.Nodes.Count}, variables {variables}");
        if (isComplete)
        {
            return ExitCode.Ok;
        }

        var why = _interruption
            ?? $"到了 --max {maxNodes} / --max {maxNodes} reached; --from looks at a part";
        errors.WriteLine(
            $"不完整：{walk.Waiting} 个节点没有看，{variables - known} 个变量没有读：{why}");
        errors.WriteLine(
            $"    incomplete: {walk.Waiting} nodes were not looked into, {variables - known} variables not read");
        return ExitCode.Failed;
    }

    // The walk's first node is where it began; a loss of the server is worth what was found before.
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            _interruption = "已中断 / interrupted";
        }
        catch (OpcUaException failure) when (failure.Status.Code != StatusCodes.BadNodeIdUnknown)
        {
            _interruption = failure.Message;
        }
    }

    private void Show(double share, string text)
    {
        if (clock.GetElapsedTime(_started) >= Patience)
        {
            progress.Show(share, text);
        }
    }

    // Depth first, as the tree is written, so that the rows of a machine stand together.
    private static List<int> InTreeOrder(IReadOnlyList<WalkedNode> nodes)
    {
        var children = Enumerable.Range(0, nodes.Count)
            .Where(index => !nodes[index].IsProperty)
            .ToLookup(index => nodes[index].Parent);
        List<int> variables = [];
        var stack = new Stack<int>(children[-1].Reverse());
        while (stack.TryPop(out var index))
        {
            if (nodes[index].IsVariable)
            {
                variables.Add(index);
            }

            foreach (var child in children[index].Reverse())
            {
                stack.Push(child);
            }
        }

        return variables;
    }

    // A state that is read by its number is a property, and a row all the same: behind the variable it belongs to.
    private static List<int> WithStates(
        List<int> variables, IReadOnlyList<RecognisedState> states, IReadOnlyList<WalkedNode> nodes)
    {
        var missing = states.Select(state => state.Variable).Except(variables).ToHashSet();
        return missing.Count == 0
            ? variables
            : [.. variables.SelectMany(index => missing.Where(one => nodes[one].Parent == index).Prepend(index))];
    }
}

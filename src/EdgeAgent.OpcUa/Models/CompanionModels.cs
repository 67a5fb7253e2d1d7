using System.Collections.Frozen;
using EdgeAgent.OpcUa.Binary;
using StateMappingsByType = System.Collections.Generic.Dictionary<
    EdgeAgent.OpcUa.Binary.NodeAddress, EdgeAgent.OpcUa.Models.StateMapping>;

namespace EdgeAgent.OpcUa.Models;

/// <summary>
/// Recognises state machines by their type definitions; names and positions in the tree are the maker's choice.
/// </summary>
public static class CompanionModels
{
    public const string MachineryUri = "http://opcfoundation.org/UA/Machinery/";
    public const string MachineToolUri = "http://opcfoundation.org/UA/MachineTool/";
    public const string PackMlUri = "http://opcfoundation.org/UA/PackML/";

    // Object types by their ids in the specifications' NodeSets. Vendor types below them are found by their super
    // types: OPC 40501-1's own operation mode is one below that of OPC 40001-1, its machines for programs, jobs and
    // parts are below its ProductionStateMachineType.
    private static readonly FrozenDictionary<NodeAddress, StateMapping> Types = new StateMappingsByType
    {
        [new(MachineryUri, new(1002))] = StateMappings.MachineryItemState,
        [new(MachineryUri, new(1008))] = StateMappings.MachineryOperationMode,
        [new(MachineToolUri, new(24))] = StateMappings.MachineToolProduction,
        [new(PackMlUri, new(1))] = StateMappings.PackMl,
        [new(PackMlUri, new(2))] = StateMappings.PackMl,
        [new(PackMlUri, new(3))] = StateMappings.PackMl,
    }.ToFrozenDictionary();

    private static readonly (string, string) CurrentState = (NamespaceUris.OpcUa, "CurrentState");
    private static readonly (string, string) Number = (NamespaceUris.OpcUa, "Number");

    /// <summary>
    /// The state machines in the order of the nodes. One without a variable for its state is left out.
    /// </summary>
    public static IReadOnlyList<RecognisedState> Recognise(IReadOnlyList<ModelNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var children = Enumerable.Range(0, nodes.Count)
            .Where(index => nodes[index].Name == CurrentState || nodes[index].Name == Number)
            .ToLookup(index => (nodes[index].Parent, nodes[index].Name));
        List<RecognisedState> found = [];
        for (var index = 0; index < nodes.Count; index++)
        {
            if (MappingOf(nodes[index]) is not { } mapping
                || children[(index, CurrentState)].ToList() is not [var text, ..])
            {
                continue;
            }

            found.Add(children[(text, Number)].ToList() is [var number, ..]
                ? new(index, number, StateForm.Number, mapping)
                : new(index, text, StateForm.Text, mapping));
        }

        return found;
    }

    private static StateMapping? MappingOf(ModelNode node)
    {
        foreach (var type in node.Types)
        {
            if (Types.TryGetValue(type, out var mapping))
            {
                return mapping;
            }
        }

        return null;
    }
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Models;

/// <summary>A node as a browse has found it, without anything that only one session knows.</summary>
/// <param name="Parent">Index of the node from which this one was found; -1 for where the browse began.</param>
/// <param name="Name">Its BrowseName.</param>
/// <param name="Types">
/// Its type definition and the super types of that, the nearest first; empty where not known.
/// </param>
public readonly record struct ModelNode(
    int Parent, (string NamespaceUri, string Name) Name, IReadOnlyList<NodeAddress> Types);

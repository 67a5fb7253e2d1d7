using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Some of the references of one node; several pages may come for it, and pages of others between.</summary>
/// <param name="Index">Which of the nodes that were asked for.</param>
/// <param name="Status">Bad where the node cannot be browsed.</param>
/// <param name="References">In the server's order.</param>
/// <param name="IsLast">No further page comes for this node.</param>
public readonly record struct BrowsePage(
    int Index, StatusCode Status, IReadOnlyList<ReferenceDescription> References, bool IsLast);

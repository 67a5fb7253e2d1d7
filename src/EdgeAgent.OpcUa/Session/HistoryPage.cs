using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>Some of the history of one node, in order of time.</summary>
/// <param name="Index">Which of the nodes that were asked for; also the handle of each row.</param>
/// <param name="Status">
/// Bad where the node has no history that this user may read; GoodNoData where there is none.
/// </param>
/// <param name="Values">Valid until the next page is asked for.</param>
/// <param name="IsLast">No further page comes for this node.</param>
public readonly record struct HistoryPage(int Index, StatusCode Status, ValueColumns Values, bool IsLast);

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Whether a node's history can be read.</summary>
internal enum HistoryAccess : byte
{
    /// <summary>Not asked yet.</summary>
    Unknown,
    No,
    Yes,
}

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>A row that is out of the ordinary.</summary>
/// <param name="Row">In its columns.</param>
/// <param name="Tag">Index of its tag; -1 of strangers without one.</param>
/// <param name="Marks">What is unusual.</param>
/// <param name="Before">The tag's last reading before it, or before the hole that it ends.</param>
/// <param name="Reading">Its own.</param>
internal readonly record struct NotedRow(int Row, int Tag, RowMarks Marks, Edge Before, Edge Reading);

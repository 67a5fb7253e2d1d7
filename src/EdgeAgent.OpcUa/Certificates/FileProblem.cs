namespace EdgeAgent.OpcUa.Certificates;

/// <summary>A file or folder that is of no use where it is.</summary>
/// <param name="Path">Its whole path.</param>
/// <param name="Reason">Why, as the end of a sentence that begins with the path.</param>
public sealed record FileProblem(string Path, string Reason);

namespace EdgeAgent.OpcUa.Binary;

/// <summary>
/// What a server says about a failure for its maker (Part 4, 7.12). The indexes point into the string table of the
/// response; -1 is none. Indexes that point nowhere are of no consequence here.
/// </summary>
public sealed record DiagnosticInfo
{
    public int SymbolicId { get; init; } = -1;

    public int NamespaceUri { get; init; } = -1;

    public int Locale { get; init; } = -1;

    public int LocalizedText { get; init; } = -1;

    public string? AdditionalInfo { get; init; }

    public StatusCode InnerStatusCode { get; init; }

    public DiagnosticInfo? Inner { get; init; }
}

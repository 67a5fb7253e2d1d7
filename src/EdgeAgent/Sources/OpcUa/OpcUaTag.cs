using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Structures;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>One tag of a server; its place in the list of tags is its client handle.</summary>
internal sealed record OpcUaTag
{
    /// <summary>Index into the tag table.</summary>
    public required int TagIndex { get; init; }

    /// <summary>The ledger device, which gaps name.</summary>
    public required string Device { get; init; }

    public required NodeAddress Address { get; init; }

    public required NodeFormat Format { get; init; }

    /// <summary>How often the server is asked to sample.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Fields and elements within the value; null for all of it.</summary>
    public FieldPath? Field { get; init; }

    public Configuration.Nodes.Deadband? Deadband { get; init; }
}

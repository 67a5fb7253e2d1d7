using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.LoadRunner;

/// <summary>What is measured.</summary>
internal sealed record LoadSettings
{
    public required Uri Url { get; init; }

    /// <summary>The server's name in the table.</summary>
    public required string Label { get; init; }

    public required int Items { get; init; }

    /// <summary>Sampling and publishing interval.</summary>
    public required TimeSpan Interval { get; init; }

    public required SecurityPolicy Policy { get; init; }

    /// <summary>Before the measurement.</summary>
    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan Window { get; init; }

    /// <summary>The nodes; {0} is the number of the item.</summary>
    public required string NodePattern { get; init; }

    /// <summary>{0} of the first item.</summary>
    public required uint FirstNode { get; init; }

    public NodeAddress AddressOf(int item) => NodeAddress.Parse(
        NodePattern.Replace("{0}", (FirstNode + item).ToString(null, null), StringComparison.Ordinal));
}

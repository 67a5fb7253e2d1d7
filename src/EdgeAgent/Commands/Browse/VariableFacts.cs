using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Commands.Browse;

/// <summary>What a tag table needs to know about a variable.</summary>
internal sealed record VariableFacts
{
    /// <summary>Null where it is not known.</summary>
    public required BuiltInType Type { get; init; }

    public required bool IsArray { get; init; }

    public required bool IsReadable { get; init; }

    /// <summary>Of an enumeration the values have texts.</summary>
    public bool IsEnumeration { get; init; }

    /// <summary>The symbol of its EngineeringUnits as the server writes it; empty where there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Null where the server does not say how fast it can sample.</summary>
    public TimeSpan? SamplingInterval { get; init; }
}

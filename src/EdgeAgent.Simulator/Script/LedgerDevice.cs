namespace EdgeAgent.Simulator.Script;

/// <summary>A row of the asset ledger (设备台账).</summary>
public sealed record LedgerDevice
{
    public required string Id { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    public required string Workshop { get; init; }

    public required string Line { get; init; }

    /// <summary>plain, automated, digital or intelligent.</summary>
    public required string Class { get; init; }

    /// <summary>Whether it is production equipment; meters are not.</summary>
    public bool Production { get; init; } = true;

    public bool Key { get; init; }

    /// <summary>Name of the server it is reached through; null where it is not connected.</summary>
    public string? Endpoint { get; init; }

    public byte Unit { get; init; }

    /// <summary>False for the unit whose cable is cut: it is listed and configured and never answers.</summary>
    public bool Answers { get; init; } = true;
}

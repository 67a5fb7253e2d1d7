namespace EdgeAgent.Core.Kpi;

/// <summary>One machine of the asset ledger (设备台账).</summary>
public sealed record LedgerDevice
{
    /// <summary>Unique in the plant. Case matters.</summary>
    public required string Id { get; init; }

    public string Name { get; init; } = "";

    public string Workshop { get; init; } = "";

    public string Line { get; init; } = "";

    public EquipmentClass Class { get; init; }

    /// <summary>Production equipment (生产设备): counts in the networking rate of all equipment.</summary>
    public bool IsProduction { get; init; } = true;

    /// <summary>Key equipment (关键设备), by the list the plant has signed.</summary>
    public bool IsKey { get; init; }

    /// <summary>First day in use, in plant time; none means since ever.</summary>
    public DateOnly? Commissioned { get; init; }

    /// <summary>First day no longer in use, in plant time.</summary>
    public DateOnly? Retired { get; init; }

    /// <summary>
    /// The source that reads this device, as it appears in the scope of a gap; none where the device is not connected.
    /// </summary>
    public string? Source { get; init; }
}

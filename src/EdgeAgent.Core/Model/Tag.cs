namespace EdgeAgent.Core.Model;

/// <summary>One measured point of the plant: a row of the point table (点表).</summary>
public sealed record Tag
{
    /// <summary>Unique in the plant, for example "kiln1.gas". Case matters.</summary>
    public required string Id { get; init; }

    /// <summary>The ledger device this tag belongs to.</summary>
    public required string DeviceId { get; init; }

    public required ValueKind Kind { get; init; }

    /// <summary>Unit as printed on the form, for example "kWh"; empty for a number without one.</summary>
    public string Unit { get; init; } = "";

    /// <summary>
    /// Decimal places that count. A float is rounded to them once, half to even, before any arithmetic, so that sums do
    /// not depend on their order. 0 to 9.
    /// </summary>
    public int Decimals { get; init; }

    /// <summary>How often a sample is due; the base of every coverage figure.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    public string Description { get; init; } = "";
}

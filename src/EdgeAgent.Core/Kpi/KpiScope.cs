namespace EdgeAgent.Core.Kpi;

/// <summary>What part of the plant a figure speaks of.</summary>
/// <param name="Kind">Which column of the ledger <paramref name="Id"/> is found in.</param>
/// <param name="Id">Empty for the plant.</param>
public sealed record KpiScope(ScopeKind Kind, string Id)
{
    public static readonly KpiScope Plant = new(ScopeKind.Plant, "");

    public static KpiScope Device(string id) => new(ScopeKind.Device, id);

    public bool Contains(LedgerDevice device) => Kind switch
    {
        ScopeKind.Plant => true,
        ScopeKind.Workshop => device.Workshop == Id,
        ScopeKind.Line => device.Line == Id,
        _ => device.Id == Id,
    };
}

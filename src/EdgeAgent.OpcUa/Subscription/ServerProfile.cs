using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// Limits that a kind of server is known to have and often does not tell. Where a server tells a limit, that holds.
/// </summary>
/// <param name="Name">As in configurations.</param>
/// <param name="ItemsPerCall">Items in one CreateMonitoredItems request.</param>
/// <param name="ItemsPerSubscription">Items in one subscription.</param>
/// <param name="NodesPerRead">Nodes in one Read or HistoryRead request.</param>
/// <param name="HasFilters">Whether a DataChangeFilter may be sent at all.</param>
public sealed record ServerProfile(
    string Name, int ItemsPerCall, int ItemsPerSubscription, int NodesPerRead, bool HasFilters = true)
{
    /// <summary>Anything else. 1,000 operations a call are taken by every server that names no limit.</summary>
    public static readonly ServerProfile Generic = new("generic", 1_000, 20_000, 1_000);

    /// <summary>Small PLCs: 1,000 items, and a DataChangeFilter is refused for whole calls.</summary>
    public static readonly ServerProfile S71200 = new("s7-1200", 100, 1_000, 100, HasFilters: false);

    /// <summary>PLCs with up to 10,000 items.</summary>
    public static readonly ServerProfile S71500 = new("s7-1500", 500, 1_000, 500);

    public static readonly ServerProfile Kepware = new("kepware", 1_000, 10_000, 1_000);

    public static readonly ServerProfile Ignition = new("ignition", 100, 10_000, 100);

    public static readonly ServerProfile Prosys = new("prosys", 800, 10_000, 800);

    private static readonly ServerProfile[] Known = [S71200, S71500, Kepware, Ignition, Prosys, Generic];

    /// <summary>The profile of that name, or null; "auto" is none.</summary>
    public static ServerProfile? Find(string name) =>
        Array.Find(Known, profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The profile of a server, by what it says of itself; <see cref="Generic"/> if nothing fits.</summary>
    public static ServerProfile Recognise(BuildInfo server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var text = $"{server.ManufacturerName}\n{server.ProductName}\n{server.ProductUri}";
        bool Says(string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Says("S7-1200") || Says("S71200") ? S71200
            : Says("S7-1500") || Says("S71500") ? S71500
            : Says("Kepware") || Says("KEPServerEX") || Says("ThingWorx Kepware") ? Kepware
            : Says("Inductive Automation") || Says("Ignition") ? Ignition
            : Says("Prosys") ? Prosys
            : Generic;
    }
}

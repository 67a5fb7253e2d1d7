using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>What the server object and its capabilities say (Part 5, 6.3 and 8.3).</summary>
internal static class ServerObject
{
    public static void Fill(ServerState state)
    {
        Status(state);
        Limits(state);
    }

    private static void Status(ServerState state)
    {
        var build = new BuildInfo
        {
            ProductUri = "urn:edgeagent",
            ManufacturerName = "EdgeAgent",
            ProductName = state.Settings.ApplicationName,
            SoftwareVersion = "1",
            BuildNumber = "1",
        };
        Compute(state, 2254, _ => Strings([state.Settings.ApplicationUri]));
        Compute(state, 2255, _ => Strings([.. state.Order.Uris]));
        Compute(state, 2256, now => Variant.From(ExtensionObject.Of(new ServerStatusDataType
        {
            StartTime = state.StartTime,
            CurrentTime = now,
            State = Services.ServerState.Running,
            BuildInfo = build,
        })));
        Compute(state, 2257, _ => Variant.From(state.StartTime));
        Compute(state, 2258, Variant.From);
        Set(state, 2259, Variant.From(0));
        Set(state, 2260, Variant.From(ExtensionObject.Of(build)));
        Set(state, 2261, Variant.From(build.ProductName));
        Set(state, 2262, Variant.From(build.ProductUri));
        Set(state, 2263, Variant.From(build.ManufacturerName));
        Set(state, 2264, Variant.From(build.SoftwareVersion));
        Set(state, 2265, Variant.From(build.BuildNumber));
        Set(state, 2266, Variant.From(build.BuildDate));
    }

    private static void Limits(ServerState state)
    {
        var limits = state.Limits;
        Set(state, 2272, Variant.From(limits.ShortestSamplingInterval.TotalMilliseconds));
        Set(state, 2735, Variant.From((ushort)limits.ContinuationPoints));
        Set(state, 2737, Variant.From((ushort)limits.ContinuationPoints));
        SetCount(state, 11702, limits.Decoding.ArrayLength);
        SetCount(state, 11703, limits.Decoding.StringBytes);
        SetCount(state, 12911, limits.Decoding.ByteStringBytes);
        SetCount(state, 24095, limits.Sessions);
        SetCount(state, 24096, limits.Sessions * limits.SubscriptionsPerSession);
        SetCount(state, 24097, limits.MonitoredItems);
        SetCount(state, 24098, limits.SubscriptionsPerSession);
        SetCount(state, 24104, limits.MonitoredItems);
        SetCount(state, 31916, limits.QueueSize);
        SetCount(state, 11273, limits.HistoryValuesPerNode);
        foreach (var id in new uint[] { 11705, 12165, 11709, 11710, 11712, 11714 })
        {
            Compute(state, id, _ => Variant.From((uint)state.OperationsPerCall));
        }
    }

    private static Variant Strings(string?[] texts) => Variant.From(new UaArray(BuiltInType.String, texts));

    private static void SetCount(ServerState state, uint id, int value) => Set(state, id, Variant.From((uint)value));

    private static void Set(ServerState state, uint id, Variant value) =>
        state.Space.Set(state.Space.Find(new(id)), value, StatusCodes.Good, state.StartTime);

    private static void Compute(ServerState state, uint id, Func<UaDateTime, Variant> value) =>
        state.Space.SetFunction(
            state.Space.Find(new(id)), now => new(value(now), StatusCodes.Good, now));
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.Tests.OpcUa.Subscription;

/// <summary>A variable of the model server. Its value says which node it is and when it was so.</summary>
internal sealed class ModelNode(string uri, uint id, bool hasHistory)
{
    public string Uri { get; } = uri;

    public uint Id { get; } = id;

    public bool HasHistory { get; } = hasHistory;

    public long Time { get; set; }

    public List<long> History { get; } = [];

    public DataValue Current => At(Time);

    public DataValue At(long time) => new(
        Variant.From(ValueOf(Uri, Id, time)), default, new UaDateTime(time), new UaDateTime(time));

    public static double ValueOf(string uri, uint id, long time) =>
        (double)((((ulong)time * 31) ^ ((ulong)id << 40) ^ ((ulong)(uri[^1] - 'a') << 48)) & 0x1F_FFFF_FFFF_FFFF);
}

using EdgeAgent.Configuration.Reading;
using Column = EdgeAgent.Configuration.Columns.Devices;

namespace EdgeAgent.Configuration.Validation;

/// <summary>The ledger against itself and the endpoints.</summary>
internal static class DeviceRules
{
    // Modbus over Serial Line V1.02, 2.2: 0 is broadcast, 1 to 247 are devices, 248 to 255 reserved.
    private const int MinSerialUnit = 1;
    private const int MaxSerialUnit = 247;

    public static NameIndex<DeviceConfig> Check(
        IReadOnlyList<Placed<DeviceConfig>> devices, bool isWhole, NameIndex<EndpointConfig> endpoints)
    {
        var index = new NameIndex<DeviceConfig>(("设备", "device"), ConfigFile.Devices.Name, isWhole);
        foreach (var (device, row) in devices)
        {
            index.Add(row[Column.Device], device);
            var endpoint = endpoints.Resolve(row[Column.Endpoint]);
            if (endpoint is null || endpoint.Protocol == EndpointProtocol.ModbusTcp)
            {
                continue;
            }

            if (endpoint.Protocol == EndpointProtocol.OpcUa)
            {
                if (!row[Column.Unit].IsMissing)
                {
                    row[Column.Unit].Error(
                        ($"：{device.Id} 经 OPC UA 连接，没有站号", $"does not apply to {device.Id}, which is read over OPC UA"),
                        ("留空", "leave it empty"));
                }
            }
            else if (device.Unit is < MinSerialUnit or > MaxSerialUnit)
            {
                row[Column.Unit].Error(
                    ($"（{device.Unit}）不能用在串行线上", $"({device.Unit}) cannot be used on a serial line"),
                    ($"{MinSerialUnit} 至 {MaxSerialUnit}", $"{MinSerialUnit} to {MaxSerialUnit}"));
            }
        }

        return index;
    }

    public static void WarnOfSilent(
        IReadOnlyList<Placed<DeviceConfig>> devices, IReadOnlyList<Placed<TagConfig>> tags, bool areTagsWhole)
    {
        if (!areTagsWhole)
        {
            return;
        }

        var read = tags.Select(tag => tag.Value.Device).ToHashSet(StringComparer.Ordinal);
        foreach (var (device, row) in devices)
        {
            if (device.Endpoint.Length > 0 && device.Id.Length > 0 && !read.Contains(device.Id))
            {
                row[Column.Endpoint].Warn(
                    ($"：{device.Id} 接了端点，却没有一个点，永远不算联网",
                        $"connects {device.Id}, which has no tag and so never counts as networked"),
                    ("在 tags.csv 里给它加点，或清空 endpoint", "add a tag to tags.csv, or empty endpoint"));
            }
        }
    }
}

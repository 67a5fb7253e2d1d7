using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Registers;
using EdgeAgent.Core.Model;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration.Validation;

/// <summary>The point table against itself, the ledger and the limits of the endpoints.</summary>
internal static class TagRules
{
    public static NameIndex<TagConfig> Check(
        IReadOnlyList<Placed<TagConfig>> tags,
        bool isWhole,
        NameIndex<DeviceConfig> devices,
        NameIndex<EndpointConfig> endpoints)
    {
        var index = new NameIndex<TagConfig>(("点", "tag"), ConfigFile.Tags.Name, isWhole);
        var registers = new Dictionary<(string Device, string Place, string Type), Place>();
        foreach (var (tag, row) in tags)
        {
            index.Add(row[Column.Tag], tag);
            var device = devices.Resolve(row[Column.Device]);
            if (!tag.IsUnderstood)
            {
                continue;
            }

            if (device is not null)
            {
                CheckEndpoint(tag, row, device, endpoints);
            }

            if (!registers.TryAdd((tag.Device, tag.Place, tag.TypeText), row.Place))
            {
                var first = registers[(tag.Device, tag.Place, tag.TypeText)].Line;
                row[Column.Address].Warn(
                    ($"：{tag.Device} 的 {tag.Place} 已经在第 {first} 行读过",
                        $"reads {tag.Place} of {tag.Device} again, first on line {first}"),
                    ("检查是否复制后忘了改地址", "check whether the address was left unchanged after copying the row"));
            }
        }

        if (tags.Count > TagTable.MaxCount)
        {
            tags[TagTable.MaxCount].Row[Column.Tag].Error(
                ($"：一台网关最多 {TagTable.MaxCount} 个点", $"is one too many: at most {TagTable.MaxCount} tags"),
                ("分给几台网关", "use several gateways"));
        }

        return index;
    }

    private static void CheckEndpoint(
        TagConfig tag, CsvRow row, DeviceConfig device, NameIndex<EndpointConfig> endpoints)
    {
        if (device.Endpoint.Length == 0)
        {
            row[Column.Device].Error(
                ($"：设备 {Quoted.Of(device.Id)} 没有端点，读不到这个点",
                    $"is {Quoted.Of(device.Id)}, which has no endpoint to be read through"),
                ($"在 devices.csv 里给 {device.Id} 写上 endpoint", $"give {device.Id} an endpoint in devices.csv"));
            return;
        }

        if (tag is ModbusTagConfig registers && endpoints.Find(device.Endpoint) is ModbusEndpointConfig modbus)
        {
            CheckLimits(registers, row, modbus);
        }
    }

    private static void CheckLimits(ModbusTagConfig tag, CsvRow row, ModbusEndpointConfig endpoint)
    {
        var limits = endpoint.Limits;
        if (!tag.Address.Area.IsBits() && tag.Type.RegisterCount > limits.MaxRegisters)
        {
            row[Column.Type].Error(
                ($"（{tag.Type}）占 {tag.Type.RegisterCount} 个寄存器，端点 {endpoint.Name} 一次只读 {limits.MaxRegisters} 个",
                    $"({tag.Type}) takes {tag.Type.RegisterCount} registers, but endpoint {endpoint.Name} " +
                    $"reads at most {limits.MaxRegisters} at once"),
                ("增大 maxRegisters，或换类型", "a larger maxRegisters, or another type"));
        }

        var last = tag.Address.Offset + tag.Type.RegisterCount - 1;
        foreach (var range in limits.Forbidden)
        {
            if (range.Area == tag.Address.Area && range.First <= last && tag.Address.Offset <= range.Last)
            {
                row[Column.Address].Error(
                    ($"（{tag.Address}）在端点 {endpoint.Name} 的禁读范围 {range.First}-{range.Last} 内",
                        $"({tag.Address}) lies in the range {range.First}-{range.Last} " +
                        $"that endpoint {endpoint.Name} forbids"),
                    ("改地址，或改 limits.forbidden", "another address, or other limits.forbidden"));
            }
        }
    }
}

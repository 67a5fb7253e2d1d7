using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Kpi;
using Column = EdgeAgent.Configuration.Columns.Devices;

namespace EdgeAgent.Configuration;

/// <summary>A row of devices.csv, the asset ledger (设备台账): the denominator of every coverage figure.</summary>
internal sealed record DeviceConfig
{
    private static readonly Choices<EquipmentClass> Classes = new(
        (EquipmentClass.Plain, ["plain", "普通"]),
        (EquipmentClass.Automated, ["automated", "自动化"]),
        (EquipmentClass.Digital, ["digital", "数字化"]),
        (EquipmentClass.Intelligent, ["intelligent", "智能化"]));

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Workshop { get; init; }

    public required string Line { get; init; }

    public required EquipmentClass Class { get; init; }

    /// <summary>Whether it makes or inspects products (生产设备).</summary>
    public required bool IsProduction { get; init; }

    /// <summary>Whether it is on the list of key equipment (关键设备).</summary>
    public required bool IsKey { get; init; }

    /// <summary>First day in the ledger; null: always was.</summary>
    public required DateOnly? Commissioned { get; init; }

    /// <summary>First day no longer in the ledger; null: still is.</summary>
    public required DateOnly? Retired { get; init; }

    /// <summary>The endpoint of agent.json it is read through; empty: not connected.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Modbus unit identifier, 0 to 255.</summary>
    public required int Unit { get; init; }

    public static DeviceConfig Read(CsvRow row)
    {
        var config = new DeviceConfig
        {
            Id = row[Column.Device].Id("cnc1"),
            Name = row[Column.Name].Required("一号加工中心").Line(),
            Workshop = row[Column.Workshop].Line(),
            Line = row[Column.Line].Line(),
            Class = row[Column.Class].Required("digital").Choice(EquipmentClass.Plain, Classes),

            // A ledger lists what produces; what does not (compressors, meters) is marked.
            IsProduction = row[Column.Production].Flag(true),

            // Being on the list of key equipment is a decision, so it is never assumed.
            IsKey = row[Column.Key].Flag(false),
            Commissioned = row[Column.Commissioned].Date(),
            Retired = row[Column.Retired].Date(),
            Endpoint = row[Column.Endpoint].Line(),

            // Modbus Messaging on TCP/IP V1.0b, 4.4.2: a device that is not behind a gateway ignores it; 1 suits most.
            Unit = row[Column.Unit].Integer(1, 0, 255),
        };
        if (config is { Commissioned: { } first, Retired: { } end } && end <= first)
        {
            row[Column.Retired].Error(
                ($"（{end:yyyy-MM-dd}）不晚于 commissioned（{first:yyyy-MM-dd}）",
                    $"({end:yyyy-MM-dd}) is not after commissioned ({first:yyyy-MM-dd})"),
                ("停用日期要晚于投用日期；在用设备留空", "a later day, or empty for a device in use"));
        }

        return config;
    }
}

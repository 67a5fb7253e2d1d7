using System.Globalization;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Values;
using EdgeAgent.Simulator.Nodes;
using EdgeAgent.Simulator.Registers;
using EdgeAgent.Simulator.Script;

namespace EdgeAgent.Simulator.Configuration;

/// <summary>devices.csv, tags.csv and products.csv: what there is.</summary>
internal static class LedgerFiles
{
    public static string TagOf(string device, string point) => $"{device}.{point}";

    public static string Devices(IReadOnlySet<string> opcUaLines)
    {
        var csv = new CsvText(
            "device", "name", "workshop", "line", "class", "production", "key", "commissioned",
            "retired", "endpoint", "unit");
        foreach (var device in PlantScript.Ledger)
        {
            csv.Row(
                device.Id, device.Name, device.Workshop, device.Line, device.Class, Flag(device.Production),
                Flag(device.Key), "2019-05-01", "", device.Endpoint ?? "",
                device.Endpoint is null || opcUaLines.Contains(device.Endpoint) ? "" : Number(device.Unit));
        }

        return csv.ToString();
    }

    public static string Tags(IEnumerable<UnitImage> units, IReadOnlySet<string> opcUaLines)
    {
        var csv = new CsvText(
            "tag", "device", "address", "type", "order", "scale", "offset", "unit", "decimals", "interval",
            "description");
        foreach (var unit in units)
        {
            var isNode = opcUaLines.Contains(unit.Device.Endpoint!);
            foreach (var point in unit.Points)
            {
                var isNumber = point.Type is not (PointType.Bool or PointType.Text);
                csv.Row(
                    TagOf(unit.Device.Id, point.Name),
                    unit.Device.Id,
                    isNode ? LineNodes.AddressOf(unit, point).ToString() : AddressOf(point),
                    isNode ? NodeTypeOf(point) : TypeOf(point),
                    isNode ? "" : OrderOf(point),
                    isNumber && !point.IsFloat ? ScaleOf(point) : "",
                    point.Offset == 0 ? "" : Number(point.Offset),
                    point.Unit,
                    isNumber ? Number(point.Decimals) : "",
                    Number(point.IntervalSeconds) + "s",
                    unit.Device.Name + point.Description);
            }
        }

        return csv.ToString();
    }

    public static string Products()
    {
        var csv = new CsvText("product", "name", "planned_run_time");
        foreach (var product in PlantScript.Products)
        {
            csv.Row(Number(product.Code), product.Name, product.PlannedRunTime.ToString());
        }

        return csv.ToString();
    }

    private static string AddressOf(Point point)
    {
        var area = point.Table switch
        {
            ModbusFunction.ReadCoils => "coil",
            ModbusFunction.ReadDiscreteInputs => "discrete",
            ModbusFunction.ReadInputRegisters => "input",
            _ => "holding",
        };
        return $"{area}:{Number(point.Address)}" + (point.Bit is { } bit ? "." + Number(bit) : "");
    }

    private static string TypeOf(Point point) => point.Type == PointType.Text
        ? "string:" + Number(point.TextBytes)
        : point.Type.ToString().ToLowerInvariant();

    private static string NodeTypeOf(Point point) => point.Type switch
    {
        PointType.Bcd16 => "uint16",
        PointType.Bcd32 => "uint32",
        PointType.Text => "string",
        _ => TypeOf(point),
    };

    private static string OrderOf(Point point) => (point.Type, point.Length, point.Order) switch
    {
        (PointType.Bool, _, _) => "",
        (PointType.Text, _, _) or (_, 1, _) => point.Order.HasFlag(RegisterOrder.BytesSwapped) ? "BA" : "AB",
        (_, 2, RegisterOrder.BigEndian) => "ABCD",
        (_, 2, RegisterOrder.BytesSwapped) => "BADC",
        (_, 2, RegisterOrder.WordsSwapped) => "CDAB",
        (_, 2, _) => "DCBA",
        (_, _, RegisterOrder.BigEndian) => "ABCDEFGH",
        (_, _, RegisterOrder.BytesSwapped) => "BADCFEHG",
        (_, _, RegisterOrder.WordsSwapped) => "GHEFCDAB",
        _ => "HGFEDCBA",
    };

    private static string ScaleOf(Point point) =>
        point.Decimals == 0 ? "1" : "0." + new string('0', point.Decimals - 1) + "1";

    private static string Flag(bool value) => value ? "yes" : "no";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

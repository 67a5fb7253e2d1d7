using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EdgeAgent.Simulator.Configuration;
using EdgeAgent.Simulator.Script;
using EdgeAgent.Simulator.Servers;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.SystemTests.Simulator;

/// <summary>
/// Reads every row of the written tags.csv over the wire, as a stranger with the point table in hand would, and decodes
/// it by what the row says alone.
/// </summary>
public sealed class PointTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 13, 8, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task Every_row_of_the_point_table_reads_what_the_plant_shows()
    {
        var script = new PlantScript(1);
        var clock = new FakeTimeProvider(Start);
        await using var servers = PlantServers.Listen(script, clock, Start);
        clock.Advance(TimeSpan.FromSeconds(400.25));
        var files = new PlantConfiguration { Script = script, Endpoints = servers.Endpoints, Start = Start }.Files();
        var devices = Rows(files["devices.csv"]).ToDictionary(row => row["device"]);
        var clients = new Dictionary<string, RawModbusClient>();
        var seen = 0;
        try
        {
            foreach (var row in Rows(files["tags.csv"]).Where(row => row["device"] != "blaster1"))
            {
                var device = devices[row["device"]];
                var line = device["endpoint"];
                if (!clients.TryGetValue(line, out var client))
                {
                    clients.Add(line, client = await RawModbusClient.ConnectAsync(servers.Endpoints[line]));
                }

                var read = await ReadAsync(client, byte.Parse(device["unit"], CultureInfo.InvariantCulture), row);

                var unit = servers.Units.Single(unit => unit.Device.Id == row["device"]);
                var point = unit.Points.Single(point => row["tag"] == $"{unit.Device.Id}.{point.Name}");
                var moment = unit.At(servers.Now);
                var shown = point.Text is null
                    ? Decimal(point.Unit == "件" ? Wrap(point.Value!(moment), row["type"]) : point.Value!(moment), row)
                    : point.Text(moment);
                Assert.True(shown == read, $"{row["tag"]}: shown {shown}, read {read}");
                seen++;
            }
        }
        finally
        {
            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }

        Assert.InRange(seen, 200, 1_000);
    }

    private static async Task<string> ReadAsync(RawModbusClient client, byte unit, Dictionary<string, string> row)
    {
        var parts = row["address"].Split(':', '.');
        var address = int.Parse(parts[1], CultureInfo.InvariantCulture);
        byte function = parts[0] switch { "coil" => 1, "discrete" => 2, "holding" => 3, _ => 4 };
        var type = row["type"];
        var registers = type switch
        {
            "int32" or "uint32" or "float32" or "bcd32" => 2,
            "int64" or "uint64" or "float64" => 4,
            _ when type.StartsWith("string:", StringComparison.Ordinal) => 4,
            _ => 1,
        };
        var bytes = await client.ReadAsync(unit, function, address, registers);
        if (parts.Length == 3)
        {
            var bit = int.Parse(parts[2], CultureInfo.InvariantCulture);
            return $"{(BinaryPrimitives.ReadUInt16BigEndian(bytes) >> bit) & 1}";
        }

        if (type == "bool")
        {
            return $"{bytes[0]}";
        }

        if (type.StartsWith("string:", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
        }

        // The order column names the letters as they arrive; A is the most significant byte.
        var order = row["order"];
        var value = new byte[bytes.Length];
        for (var i = 0; i < order.Length; i++)
        {
            value[order[i] - 'A'] = bytes[i];
        }

        var decimals = int.Parse(row["decimals"], CultureInfo.InvariantCulture);
        var offset = row["offset"] == "" ? 0 : decimal.Parse(row["offset"], CultureInfo.InvariantCulture);
        var scale = row["scale"] == "" ? 1 : decimal.Parse(row["scale"], CultureInfo.InvariantCulture);
        return type switch
        {
            "float32" => Text(Rounded(BinaryPrimitives.ReadSingleBigEndian(value), decimals), decimals),
            "float64" => Text(Rounded(BinaryPrimitives.ReadDoubleBigEndian(value), decimals), decimals),
            _ => Text((Integer(type, value) * scale) + offset, decimals),
        };
    }

    private static decimal Integer(string type, byte[] value) => type switch
    {
        "int16" => BinaryPrimitives.ReadInt16BigEndian(value),
        "uint16" => BinaryPrimitives.ReadUInt16BigEndian(value),
        "int32" => BinaryPrimitives.ReadInt32BigEndian(value),
        "uint32" => BinaryPrimitives.ReadUInt32BigEndian(value),
        "int64" => BinaryPrimitives.ReadInt64BigEndian(value),
        "uint64" => BinaryPrimitives.ReadUInt64BigEndian(value),
        _ => decimal.Parse(Convert.ToHexString(value), CultureInfo.InvariantCulture), // Packed decimal digits.
    };

    private static decimal Rounded(double value, int decimals) => (decimal)Math.Round(value, decimals);

    private static long Wrap(long count, string type) => type == "uint16" ? (ushort)count : (uint)count;

    private static string Decimal(long value, Dictionary<string, string> row)
    {
        var decimals = row["decimals"] == "" ? 0 : int.Parse(row["decimals"], CultureInfo.InvariantCulture);
        return Text(new decimal(value) / (decimal)Math.Pow(10, decimals), decimals);
    }

    private static string Text(decimal value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static IEnumerable<Dictionary<string, string>> Rows(string csv)
    {
        var lines = csv.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        return lines[1..].Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
    }
}

using EdgeAgent.Configuration.Reading;
using EdgeAgent.Core.Model;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration;

/// <summary>A row of tags.csv, the point table (点表).</summary>
internal abstract record TagConfig
{
    public required string Id { get; init; }

    public required string Device { get; init; }

    /// <summary>Value = number of the device × scale + offset.</summary>
    public required decimal Scale { get; init; }

    public required decimal Offset { get; init; }

    /// <summary>As in <see cref="UnitTable"/>, or empty for a number without one.</summary>
    public required string Unit { get; init; }

    /// <summary>Decimal places that count, 0 to 9.</summary>
    public required int Decimals { get; init; }

    /// <summary>How often the device is asked, or asked to look.</summary>
    public required TimeSpan Interval { get; init; }

    public required string Description { get; init; }

    /// <summary>The type as it is written.</summary>
    public abstract string TypeText { get; }

    /// <summary>Where on the device the value is, as it is written.</summary>
    public abstract string Place { get; }

    /// <summary>Whether address and type could be read; what could not has been reported.</summary>
    public abstract bool IsUnderstood { get; }

    /// <summary>Where a counter of this type rolls over within days; null if it is too wide for that.</summary>
    public abstract long? RollsOverAt { get; }

    /// <summary>
    /// What a sample of this tag holds: an integer exactly when the device holds one and neither scale nor offset
    /// changes it, so that counters are counted and never rounded.
    /// </summary>
    public ValueKind Kind => Nature switch
    {
        ValueNature.Boolean => ValueKind.Boolean,
        ValueNature.Text => ValueKind.Text,
        ValueNature.Float => ValueKind.Float64,
        _ => Scale == 1 && Offset == 0 ? ValueKind.Int64 : ValueKind.Float64,
    };

    protected abstract ValueNature Nature { get; }

    /// <param name="row">A row of the table.</param>
    /// <param name="endpoint">What its device is read through; null where that is not known.</param>
    public static TagConfig Read(CsvRow row, EndpointConfig? endpoint)
    {
        var address = row[Column.Address];
        var isNode = OpcUaTagConfig.LooksLikeNode(address.Text);
        var isForNode = endpoint is null ? isNode : endpoint.Protocol == EndpointProtocol.OpcUa;
        if (isNode && !isForNode)
        {
            var word = EndpointProtocols.Words.WordOf(endpoint!.Protocol);
            address.Error(
                ($"是 OPC UA 节点，但端点 {endpoint.Name} 是 {word}",
                    $"is an OPC UA node, but endpoint {endpoint.Name} is {word}"),
                ("holding:100 这样的地址，或在 devices.csv 里换端点",
                    "an address like holding:100, or another endpoint in devices.csv"));
        }

        return isNode || isForNode ? OpcUaTagConfig.Read(row) : ModbusTagConfig.Read(row);
    }

    protected static string ReadId(CsvRow row) => row[Column.Tag].Id("cnc1.parts");

    protected static string ReadDevice(CsvRow row) => row[Column.Device].Required("cnc1").Line();

    // What a person at a screen and a minute's KPI both need; PLC values change no faster than this matters.
    protected static TimeSpan ReadInterval(CsvRow row, TimeSpan min) =>
        row[Column.Interval].Duration(TimeSpan.FromSeconds(1), min, TimeSpan.FromDays(1));

    protected static string ReadUnit(CsvRow row)
    {
        var field = row[Column.Unit];
        var unit = field.Line();
        if (unit.Length > 0)
        {
            UnitTable.Check(field, unit);
        }

        return unit;
    }

    /// <summary>Reports columns that mean nothing to the protocol.</summary>
    protected static void Refuse(CsvRow row, CsvColumn[] columns, string protocol)
    {
        foreach (var column in columns)
        {
            if (!row[column].IsMissing)
            {
                row[column].Error(
                    ($"：{protocol} 的点没有这一项", $"does not apply to a tag of {protocol}"), ("留空", "leave it empty"));
            }
        }
    }
}

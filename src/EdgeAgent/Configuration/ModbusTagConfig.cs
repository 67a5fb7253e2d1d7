using EdgeAgent.Configuration.Reading;
using EdgeAgent.Configuration.Registers;
using Column = EdgeAgent.Configuration.Columns.Tags;

namespace EdgeAgent.Configuration;

/// <summary>A tag in the registers of a Modbus device.</summary>
internal sealed record ModbusTagConfig : TagConfig
{
    // Twenty polls a second are more than any serial line bears.
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(50);

    private static readonly CsvColumn[] OfNodes = [Column.Field, Column.Deadband];

    public required RegisterAddress Address { get; init; }

    public required RegisterType Type { get; init; }

    public required ByteOrder Order { get; init; }

    public override string TypeText => Type.ToString();

    public override string Place => Address.ToString();

    public override bool IsUnderstood =>
        !ReferenceEquals(Address, RegisterAddress.Unknown) && !ReferenceEquals(Type, RegisterType.Unknown);

    public override long? RollsOverAt => Type.Encoding switch
    {
        RegisterEncoding.UInt16 => 1L << 16,
        RegisterEncoding.Bcd16 => 10_000,
        _ => null,
    };

    protected override ValueNature Nature => NatureOf(Type);

    public static ModbusTagConfig Read(CsvRow row)
    {
        var address = RegisterAddress.Read(row[Column.Address].Required("holding:100"));
        var type = RegisterType.Read(row[Column.Type].Required("uint16"));
        if (address is not null && type is not null)
        {
            CheckFit(row, address, type);
        }

        var number = TagNumber.Read(row, type?.ToString() ?? "", type is null ? ValueNature.Integer : NatureOf(type));
        var order = type is null ? ByteOrder.None : ByteOrders.Read(row[Column.Order], type);
        Refuse(row, OfNodes, "Modbus");
        return new ModbusTagConfig
        {
            Id = ReadId(row),
            Device = ReadDevice(row),
            Address = address ?? RegisterAddress.Unknown,
            Type = type ?? RegisterType.Unknown,
            Order = order,
            Scale = number.Scale,
            Offset = number.Offset,
            Unit = ReadUnit(row),
            Decimals = number.Decimals,
            Interval = ReadInterval(row, IntervalMin),
            Description = row[Column.Description].Line(),
        };
    }

    private static ValueNature NatureOf(RegisterType type) => type.Encoding switch
    {
        RegisterEncoding.Bool => ValueNature.Boolean,
        RegisterEncoding.String => ValueNature.Text,
        RegisterEncoding.Float32 or RegisterEncoding.Float64 => ValueNature.Float,
        _ => ValueNature.Integer,
    };

    private static void CheckFit(CsvRow row, RegisterAddress address, RegisterType type)
    {
        var isBool = type.Encoding == RegisterEncoding.Bool;
        if (address.Area.IsBits() && !isBool)
        {
            row[Column.Type].Error(
                ($"是 {type}，但 {address} 只有一位", $"is {type}, but {address} is a single bit"), "bool");
        }
        else if (isBool && !address.Area.IsBits() && address.Bit is null)
        {
            row[Column.Address].Error(
                ("没有写 bool 是寄存器的哪一位", "does not say which bit of the register the bool is"), $"{address}.0");
        }
        else if (address.Bit is not null && !isBool)
        {
            row[Column.Address].Error(
                ($"写了位号，但类型是 {type}", $"numbers a bit, but the type is {type}"),
                ($"{address with { Bit = null }}，或类型改为 bool", $"{address with { Bit = null }}, or type bool"));
        }

        var last = address.Offset + type.RegisterCount - 1;
        if (last > RegisterAddress.MaxOffset)
        {
            row[Column.Address].Error(
                ($"放不下 {type}：最后一个寄存器是 {last}", $"has no room for {type}: its last register is {last}"),
                ($"不大于 {address with { Offset = RegisterAddress.MaxOffset + 1 - type.RegisterCount }}",
                    $"at most {address with { Offset = RegisterAddress.MaxOffset + 1 - type.RegisterCount }}"));
        }
    }
}

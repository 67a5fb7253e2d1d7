using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

internal static class ByteOrders
{
    private static readonly ByteOrder[] Of16Bits = [ByteOrder.AB, ByteOrder.BA];
    private static readonly ByteOrder[] Of32Bits =
        [ByteOrder.ABCD, ByteOrder.DCBA, ByteOrder.BADC, ByteOrder.CDAB];

    private static readonly ByteOrder[] Of64Bits =
        [ByteOrder.ABCDEFGH, ByteOrder.HGFEDCBA, ByteOrder.BADCFEHG, ByteOrder.GHEFCDAB];

    /// <summary>The order of a type's bytes; the specification's own when the cell is empty.</summary>
    public static ByteOrder Read(Field field, RegisterType type)
    {
        var allowed = type.Encoding switch
        {
            RegisterEncoding.Bool => [ByteOrder.None],
            RegisterEncoding.String => Of16Bits,
            _ => type.RegisterCount switch { 1 => Of16Bits, 2 => Of32Bits, _ => Of64Bits },
        };
        var text = field.Line(example: "ABCD");
        if (text.Length == 0)
        {
            return allowed[0];
        }

        foreach (var order in allowed)
        {
            if (order != ByteOrder.None && text.Equals(order.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return order;
            }
        }

        field.Error(
            ($"：{type} 不能用 {Quoted.Of(text)}", $"cannot be {Quoted.Of(text)} for {type}"),
            type.Encoding == RegisterEncoding.Bool
                ? ("留空", "leave it empty")
                : (Bilingual)string.Join(", ", allowed));
        return allowed[0];
    }
}

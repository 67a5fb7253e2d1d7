namespace EdgeAgent.Modbus.Framing;

/// <summary>
/// CRC-16/MODBUS: polynomial 0x8005 reflected (0xA001), start 0xFFFF (Modbus over Serial Line V1.02, 6.2.2). The check
/// value of "123456789" is 0x4B37. On the wire the low byte comes first.
/// </summary>
internal static class Crc16
{
    private const ushort Polynomial = 0xA001;

    private static readonly ushort[] Table = BuildTable();

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        ushort crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc = (ushort)((crc >> 8) ^ table[(byte)(crc ^ value)]);
        }

        return crc;
    }

    private static ushort[] BuildTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (ushort)i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1);
            }

            table[i] = crc;
        }

        return table;
    }
}

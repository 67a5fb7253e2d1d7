namespace EdgeAgent.Modbus;

/// <summary>What the specification says about each function (Modbus Application Protocol V1.1b3, 6.1 to 6.4).</summary>
public static class ModbusFunctions
{
    /// <summary>Bits in one answer: 250 bytes of 8, so that the PDU stays within 253 bytes.</summary>
    public const int MaxBits = 2000;

    /// <summary>Registers in one answer: 125 of 2 bytes, so that the PDU stays within 253 bytes.</summary>
    public const int MaxRegisters = 125;

    /// <summary>Addresses of one table: 0 to 65535.</summary>
    public const int AddressCount = 65_536;

    extension(ModbusFunction function)
    {
        /// <summary>Whether the code is one of the four this product speaks.</summary>
        public bool IsKnown => function is >= ModbusFunction.ReadCoils and <= ModbusFunction.ReadInputRegisters;

        public bool ReadsBits => function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;

        /// <summary>The most addresses one request may ask for.</summary>
        public int MaxQuantity => function.ReadsBits ? MaxBits : MaxRegisters;

        /// <summary>Bytes of data in the answer to a request for so many bits or registers.</summary>
        public int ByteCount(int quantity) => function.ReadsBits ? (quantity + 7) / 8 : quantity * 2;
    }
}

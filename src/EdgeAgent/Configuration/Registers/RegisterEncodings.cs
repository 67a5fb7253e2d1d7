using EdgeAgent.Configuration.Reading;

namespace EdgeAgent.Configuration.Registers;

internal static class RegisterEncodings
{
    public static readonly Choices<RegisterEncoding> Words = new(
        (RegisterEncoding.Bool, ["bool"]),
        (RegisterEncoding.Int16, ["int16"]),
        (RegisterEncoding.UInt16, ["uint16"]),
        (RegisterEncoding.Int32, ["int32"]),
        (RegisterEncoding.UInt32, ["uint32"]),
        (RegisterEncoding.Int64, ["int64"]),
        (RegisterEncoding.UInt64, ["uint64"]),
        (RegisterEncoding.Float32, ["float32"]),
        (RegisterEncoding.Float64, ["float64"]),
        (RegisterEncoding.Bcd16, ["bcd16"]),
        (RegisterEncoding.Bcd32, ["bcd32"]),
        (RegisterEncoding.String, ["string"]));

    public static bool IsFloat(this RegisterEncoding encoding) =>
        encoding is RegisterEncoding.Float32 or RegisterEncoding.Float64;
}

using System.Runtime.CompilerServices;

namespace EdgeAgent.Modbus.Values;

/// <summary>IEEE 754 patterns and their numbers.</summary>
internal static class BinaryBits
{
    public static uint Of(float value) => Unsafe.BitCast<float, uint>(value);

    public static ulong Of(double value) => Unsafe.BitCast<double, ulong>(value);

    public static float ToFloat32(uint bits) => Unsafe.BitCast<uint, float>(bits);

    public static double ToFloat64(ulong bits) => Unsafe.BitCast<ulong, double>(bits);
}

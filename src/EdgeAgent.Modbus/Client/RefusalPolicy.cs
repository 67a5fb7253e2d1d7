namespace EdgeAgent.Modbus.Client;

// Modbus Application Protocol V1.1b3, 7. What is worth asking again:
//
//    01 02 03      the question is wrong: never
//    04 07 08      the device is broken or says no: not in this poll
//    05 06         the device is at it, or busy: a little later
//    0A 0B         the gateway cannot reach the unit: a little later
//    others        a vendor's own: not in this poll
//
/// <summary>What to do after a refusal. Pure.</summary>
internal static class RefusalPolicy
{
    /// <summary>Times a busy device is asked again in one poll; the delays add up to 350 ms.</summary>
    public const int MaxRetries = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    public static bool IsTransient(ModbusExceptionCode refusal) => refusal is ModbusExceptionCode.Acknowledge
        or ModbusExceptionCode.ServerDeviceBusy || IsUnreachable(refusal);

    /// <summary>Whether it is the gateway that speaks, and the unit that is silent.</summary>
    public static bool IsUnreachable(ModbusExceptionCode refusal) => refusal
        is ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetDeviceFailedToRespond;

    /// <param name="retry">1 for the first time it is asked again.</param>
    public static TimeSpan DelayBefore(int retry) => FirstDelay * (1 << (retry - 1));
}

using EdgeAgent.Core.Model;
using EdgeAgent.Modbus;
using EdgeAgent.Modbus.Client;
using EdgeAgent.Modbus.Values;

namespace EdgeAgent.Sources.Modbus;

/// <summary>
/// What a sample says about a read that brought no number. The information bits stay zero: Part 4, 7.38 reserves them,
/// so the raw exception code goes to the log and to <see cref="ModbusSourceCounters.LastRefusal"/>.
/// <code>
/// no answer in time                        BadTimeout
/// line not open                            BadServerNotConnected
/// not what was asked, wrong CRC            BadCommunicationError
/// held back, see LateAnswerGuard           BadNoCommunication
/// forbidden or beyond the device's limits  BadConfigurationError
/// 01 IllegalFunction                       BadNotSupported
/// 02 IllegalDataAddress                    BadNodeIdUnknown
/// 03 IllegalDataValue                      BadOutOfRange
/// 04 ServerDeviceFailure                   BadDeviceFailure
/// 05 Acknowledge, 06 ServerDeviceBusy      BadResourceUnavailable
/// 08 MemoryParityError                     BadSensorFailure
/// 0A GatewayPathUnavailable                BadNotConnected
/// 0B GatewayTargetDeviceFailedToRespond    BadNoCommunication
/// 07 and any other                         BadDeviceFailure
/// unsigned 64 bit beyond the signed range  BadOutOfRange
/// NaN or infinity                          BadSensorFailure
/// digits that are not BCD, bytes not UTF-8 BadDecodingError
/// </code>
/// </summary>
internal static class ModbusStatus
{
    public static StatusCode Of(ReadOutcome outcome, ModbusExceptionCode refusal) => outcome switch
    {
        ReadOutcome.Refused => Of(refusal),
        ReadOutcome.TimedOut => StatusCode.BadTimeout,
        ReadOutcome.Garbled => StatusCode.BadCommunicationError,
        ReadOutcome.HeldBack => StatusCode.BadNoCommunication,
        ReadOutcome.Disconnected => StatusCode.BadServerNotConnected,
        ReadOutcome.NotReadable => StatusCode.BadConfigurationError,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This brought a value."),
    };

    public static StatusCode Of(DecodeFault fault) => fault switch
    {
        DecodeFault.None => StatusCode.Good,
        DecodeFault.OutOfRange => StatusCode.BadOutOfRange,
        DecodeFault.NotFinite => StatusCode.BadSensorFailure,
        _ => StatusCode.BadDecodingError,
    };

    private static StatusCode Of(ModbusExceptionCode refusal) => refusal switch
    {
        ModbusExceptionCode.IllegalFunction => StatusCode.BadNotSupported,
        ModbusExceptionCode.IllegalDataAddress => StatusCode.BadNodeIdUnknown,
        ModbusExceptionCode.IllegalDataValue => StatusCode.BadOutOfRange,
        ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy => StatusCode.BadResourceUnavailable,
        ModbusExceptionCode.MemoryParityError => StatusCode.BadSensorFailure,
        ModbusExceptionCode.GatewayPathUnavailable => StatusCode.BadNotConnected,
        ModbusExceptionCode.GatewayTargetDeviceFailedToRespond => StatusCode.BadNoCommunication,
        _ => StatusCode.BadDeviceFailure,
    };
}

using EdgeAgent.Configuration;
using EdgeAgent.OpcUa;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Commands.Servers;

/// <summary>What the bad status of a node means for a person, where its name does not say it.</summary>
internal static class NodeAdvice
{
    public static Bilingual? Of(StatusCode status) => status.Code switch
    {
        StatusCodes.BadNodeIdUnknown or StatusCodes.BadNodeIdInvalid =>
            ("没有这个节点，用 edgeagent browse 查看", "there is no such node; edgeagent browse shows what there is"),
        StatusCodes.BadAttributeIdInvalid => ("不是变量，没有值", "no variable, so it has no value"),
        StatusCodes.BadNotReadable or StatusCodes.BadUserAccessDenied or StatusCodes.BadSecurityModeInsufficient =>
            ("这个用户不能读，在服务器上授权或换用户", "this user may not read it; grant it there, or use another user"),
        StatusCodes.BadDeviceFailure or StatusCodes.BadSensorFailure =>
            ("服务器说设备或传感器有故障", "the server reports that the device or sensor has failed"),
        StatusCodes.BadNoCommunication or StatusCodes.BadNotConnected or StatusCodes.BadServerNotConnected =>
            ("服务器和设备之间不通", "the server has no connection to the device"),
        StatusCodes.BadWaitingForInitialData =>
            ("服务器还没有第一个值，稍后再读", "the server has no value yet; read again later"),
        StatusCodes.BadOutOfService => ("数据源停用了", "the source is out of service"),
        StatusCodes.BadConfigurationError => ("服务器上这个点配置有误", "the point is misconfigured on the server"),
        _ => null,
    };
}

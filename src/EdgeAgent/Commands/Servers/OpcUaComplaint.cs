using EdgeAgent.OpcUa;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Commands.Servers;

/// <summary>
/// What went wrong with a server, for people: in Chinese what it means and what to do, in English with the name of the
/// status code and what was found.
/// </summary>
internal static class OpcUaComplaint
{
    public static void Write(OpcUaException failure, Uri url, TextWriter errors)
    {
        errors.WriteLine($"错误：{url.OriginalString} {Chinese(failure.Status)}（{failure.Status}）");
        errors.WriteLine($"    error: {TerminalText.Of(failure.Message)}");
    }

    private static string Chinese(StatusCode status) => status.Code switch
    {
        StatusCodes.BadCertificateUntrusted =>
            "的证书还没有被信任。核对指纹后，用下面的 edgeagent certs trust 命令信任它",
        StatusCodes.BadCertificateTimeInvalid or StatusCodes.BadCertificateIssuerTimeInvalid =>
            "的证书不在有效期内。核对两边的时钟，或在服务器上换证书",
        StatusCodes.BadCertificateHostNameInvalid =>
            "的证书上没有这个主机名。地址里改用证书上的名字，或加 --accept-host-name",
        StatusCodes.BadCertificateRevoked or StatusCodes.BadCertificateIssuerRevoked => "的证书已被吊销，不能再用",
        StatusCodes.BadCertificateRevocationUnknown or StatusCodes.BadCertificateIssuerRevocationUnknown =>
            "的 CA 没有吊销列表。把它放进 issuers/crl 或 trusted/crl",
        StatusCodes.BadCertificateChainIncomplete => "的证书缺上级 CA。把 CA 证书放进 issuers/certs",
        StatusCodes.BadCertificateUriInvalid => "的证书属于另一个应用。在服务器上重新生成证书",
        StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateUseNotAllowed
            or StatusCodes.BadCertificatePolicyCheckFailed => "的证书不合格。在服务器上换证书",
        StatusCodes.BadSecurityPolicyRejected or StatusCodes.BadSecurityModeRejected =>
            "不提供要求的安全策略或模式。下面列出了它提供的",
        StatusCodes.BadSecurityChecksFailed => "安全检查没有通过。服务器可能还没有信任本机的证书",
        StatusCodes.BadIdentityTokenRejected => "不接受这种登录方式。下面列出了它提供的",
        StatusCodes.BadUserAccessDenied or StatusCodes.BadIdentityTokenInvalid => "不接受这个用户。检查用户名、密码或证书",
        StatusCodes.BadTcpEndpointUrlInvalid => "不对：没有这台主机，或没有这个路径。检查地址",
        StatusCodes.BadNotConnected or StatusCodes.BadConnectionRejected or StatusCodes.BadConnectionClosed
            or StatusCodes.BadServerNotConnected or StatusCodes.BadSecureChannelClosed =>
            "连不上或连接断了。检查地址、端口、网络，服务器是否在运行",
        StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout => "没有按时应答。检查地址和负载，或加大 --timeout",
        StatusCodes.BadTooManySessions => "的会话已满。关掉别的客户端",
        StatusCodes.BadDecodingError or StatusCodes.BadTcpMessageTypeInvalid or StatusCodes.BadEncodingLimitsExceeded
            or StatusCodes.BadUnknownResponse => "答的不是正确的 OPC UA。检查地址和端口",
        StatusCodes.BadNodeIdUnknown => "没有这个节点。用 edgeagent browse 查看",
        _ => "出错",
    };
}

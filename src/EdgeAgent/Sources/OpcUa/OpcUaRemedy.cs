using EdgeAgent.Core.Model;
using StatusCodes = EdgeAgent.OpcUa.StatusCodes;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>What a person can do about a status code. Codes not listed say what they say.</summary>
internal static class OpcUaRemedy
{
    private const string Elsewhere = "see the code in the server's manual";

    /// <summary>About a tag that gives no good value while the server is connected.</summary>
    public static string OfTag(StatusCode status) => status.Code.Value switch
    {
        StatusCodes.BadNodeIdUnknown or StatusCodes.BadNodeIdInvalid =>
            "no such node on this server; compare the address with edgeagent browse",
        StatusCodes.BadNotReadable or StatusCodes.BadUserAccessDenied or StatusCodes.BadSecurityModeInsufficient =>
            "the server does not let this user read the node; grant it there, or use another identity",
        StatusCodes.BadAttributeIdInvalid => "the node has no value; name a variable",
        StatusCodes.BadMonitoredItemFilterUnsupported or StatusCodes.BadFilterNotAllowed
            or StatusCodes.BadDeadbandFilterInvalid =>
            "the server knows no such deadband for the node; empty the column deadband",
        StatusCodes.BadIndexRangeInvalid or StatusCodes.BadIndexRangeNoData or StatusCodes.BadNotFound =>
            "the value has no such part now; compare the column field with edgeagent read",
        StatusCodes.BadTypeMismatch => "the value is not made so; correct the columns type and field",
        StatusCodes.BadDataTypeIdUnknown => "the server does not explain this structure; name another node",
        StatusCodes.BadTooManyMonitoredItems => "the server takes no more items; use several agents, or poll",
        _ => Elsewhere,
    };

    /// <summary>About a connection that cannot be made, or has ended.</summary>
    public static string OfConnection(StatusCode status) => status.Code.Value switch
    {
        StatusCodes.BadCertificateUntrusted =>
            "compare the thumbprint with the one on the server, then edgeagent certs trust",
        StatusCodes.BadCertificateTimeInvalid or StatusCodes.BadCertificateIssuerTimeInvalid =>
            "check the clocks of both machines and renew the certificate on the server",
        StatusCodes.BadCertificateHostNameInvalid =>
            "use the host name of the certificate in url, renew it, or set acceptHostName",
        StatusCodes.BadCertificateUriInvalid => "renew the certificate on the server: it names another application",
        StatusCodes.BadCertificateRevoked or StatusCodes.BadCertificateIssuerRevoked =>
            "the certificate was revoked; it must not be used any more",
        StatusCodes.BadCertificateRevocationUnknown or StatusCodes.BadCertificateIssuerRevocationUnknown =>
            "put the CA's revocation list into pki/issuers/crl or pki/trusted/crl, or set acceptRevocationUnknown",
        StatusCodes.BadCertificateChainIncomplete => "put the certificates of the CAs into pki/issuers/certs",
        StatusCodes.BadCertificateInvalid or StatusCodes.BadCertificateUseNotAllowed
            or StatusCodes.BadCertificatePolicyCheckFailed => "renew the certificate on the server",
        StatusCodes.BadSecurityChecksFailed =>
            "the server refuses this agent; trust the agent's certificate (pki/own) on the server",
        StatusCodes.BadSecurityPolicyRejected or StatusCodes.BadSecurityModeRejected =>
            "the server offers no such securityPolicy and securityMode; edgeagent browse lists what it offers",
        StatusCodes.BadIdentityTokenRejected or StatusCodes.BadIdentityTokenInvalid
            or StatusCodes.BadUserAccessDenied or StatusCodes.BadUserSignatureInvalid =>
            "check user and password, and that the server takes this kind of identity",
        StatusCodes.BadTcpEndpointUrlInvalid => "check the path in url",
        StatusCodes.BadNotConnected or StatusCodes.BadServerNotConnected or StatusCodes.BadConnectionRejected
            or StatusCodes.BadConnectionClosed => "check url, network and whether the server is running",
        StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout => "the server does not answer in time; check its load",
        StatusCodes.BadTooManySessions => "the server has no session free; close other clients",
        StatusCodes.BadTcpServerTooBusy or StatusCodes.BadServerHalted or StatusCodes.BadShutdown =>
            "the server is stopping or busy; it is tried again",
        StatusCodes.BadDecodingError or StatusCodes.BadTcpMessageTypeInvalid or StatusCodes.BadEncodingLimitsExceeded =>
            "what answers is no OPC UA server, or a faulty one; check url",
        StatusCodes.BadConfigurationError => "correct agent.json or the file it names",
        _ => Elsewhere,
    };
}

using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Server;

/// <summary>How a channel is secured, and by whose certificates.</summary>
/// <param name="ChannelId">Given by the server.</param>
/// <param name="Own">The server's certificate with its key, as it was when the channel was opened.</param>
/// <param name="ClientCertificate">The client's leaf in DER; empty under None.</param>
internal sealed record ChannelSecurity(
    uint ChannelId, SecurityPolicy Policy, MessageSecurityMode Mode, X509Certificate2 Own, byte[] ClientCertificate);

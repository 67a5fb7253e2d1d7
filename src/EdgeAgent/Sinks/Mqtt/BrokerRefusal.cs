using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace EdgeAgent.Sinks.Mqtt;

/// <summary>Says in words why a broker is not ours to use, and what to do about it. Decisions only.</summary>
internal static class BrokerRefusal
{
    /// <summary>A CONNACK that is not Success: MQTT 5, 3.2.2.2.</summary>
    public static BrokerException FromConnack(MqttEndpoint endpoint, MqttClientConnectResultCode code, string? said)
    {
        var remedy = code switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword =>
                CheckUser(endpoint),
            MqttClientConnectResultCode.NotAuthorized => // What mosquitto says to a wrong password, too.
                $"{CheckUser(endpoint)} Let client '{endpoint.ClientId}' connect at the broker.",
            MqttClientConnectResultCode.Banned => $"Let client '{endpoint.ClientId}' connect at the broker.",
            MqttClientConnectResultCode.ClientIdentifierNotValid =>
                $"Choose another client id than '{endpoint.ClientId}'.",
            MqttClientConnectResultCode.UnsupportedProtocolVersion => "Use a broker that speaks MQTT 5.",
            MqttClientConnectResultCode.UseAnotherServer or MqttClientConnectResultCode.ServerMoved =>
                "Put the address of the new broker into the configuration; the agent follows no redirection.",
            MqttClientConnectResultCode.QoSNotSupported => "Use a broker that accepts QoS 1.",
            _ => "",
        };
        return new(
            refused: remedy.Length > 0, $"{endpoint} refused the connection: {Name((int)code, code.ToString(), said)}.",
            remedy);
    }

    /// <summary>A DISCONNECT from the broker: MQTT 5, 3.14.2.1.</summary>
    public static BrokerException FromDisconnect(MqttEndpoint endpoint, MqttClientDisconnectReason code, string? said)
    {
        var remedy = code switch
        {
            MqttClientDisconnectReason.SessionTakenOver =>
                $"Another client uses the client id '{endpoint.ClientId}': give each agent its own.",
            MqttClientDisconnectReason.NotAuthorized or MqttClientDisconnectReason.AdministrativeAction =>
                $"Let client '{endpoint.ClientId}' connect at the broker.",
            MqttClientDisconnectReason.UseAnotherServer or MqttClientDisconnectReason.ServerMoved =>
                "Put the address of the new broker into the configuration; the agent follows no redirection.",
            _ => "",
        };
        return new(
            refused: remedy.Length > 0, $"{endpoint} ended the connection: {Name((int)code, code.ToString(), said)}.",
            remedy);
    }

    /// <summary>Everything that can go wrong on the way to a CONNACK.</summary>
    /// <param name="distrust">What was wrong with the broker's certificate, if it was looked at and refused.</param>
    public static BrokerException FromError(MqttEndpoint endpoint, Exception error, string? distrust)
    {
        if (distrust is not null)
        {
            return new(
                refused: true, $"{endpoint} showed a certificate that is not trusted: {distrust}.",
                "Check the CA file, the host name, and the clocks of both machines.", error);
        }

        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AuthenticationException or CryptographicException:
                    return new(
                        refused: true, $"TLS with {endpoint} failed ({Innermost(inner).Message}).",
                        "Check that the port speaks TLS, and the client's certificate and key.", error);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new(
                        refused: false, $"Nothing listens at {endpoint}.", "Start the broker or correct host and port.",
                        error);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain }:
                    return new(
                        refused: false, $"The host name of {endpoint} is not known.",
                        "Correct the name or the DNS settings.", error);
            }
        }

        return endpoint.Tls is not null && error is not OperationCanceledException
            ? new(
                refused: false, $"{endpoint} closed the connection while connecting ({Innermost(error).Message}).",
                "If it repeats: the broker may want a client certificate it trusts.", error)
            : new(refused: false, $"No connection to {endpoint} ({Innermost(error).Message}).", "", error);
    }

    /// <summary>What is wrong with a certificate, in the words of the platform; null if nothing is.</summary>
    public static string? Explain(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        var parts = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            parts.Add("there is none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            parts.Add("it is for another host name");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            parts.AddRange(chain?.ChainStatus.Select(status => status.Status.ToString()) ?? ["its chain is broken"]);
        }

        return string.Join(", ", parts);
    }

    private static string CheckUser(MqttEndpoint endpoint) => endpoint.User is null
        ? "Configure a user and a password file, or a client certificate."
        : $"Check the user '{endpoint.User}' and the content of {endpoint.PasswordFile ?? "its password file"}.";

    private static string Name(int code, string name, string? said) =>
        string.IsNullOrEmpty(said) ? $"0x{code:X2} {name}" : $"0x{code:X2} {name}, \"{said}\"";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}

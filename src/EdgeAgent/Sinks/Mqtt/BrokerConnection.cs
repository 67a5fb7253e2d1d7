using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeAgent.Sinks.Mqtt;

/// <summary>
/// One MQTT 5 connection, from CONNECT to its end: clean start, session expiry 0, so nothing is remembered beyond it
/// and the outbox alone decides what is sent again. It makes no decisions and never reconnects.
/// </summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    // A polite DISCONNECT is worth this much waiting and no more.
    private static readonly TimeSpan DisconnectTimeout = TimeSpan.FromSeconds(2);

    private readonly MqttEndpoint _endpoint;
    private readonly TimeProvider _clock;
    private readonly IMqttClient _client;
    private readonly CancellationTokenSource _closed = new();
    private BrokerException? _end;

    private BrokerConnection(MqttEndpoint endpoint, TimeProvider clock, IMqttClient client)
    {
        (_endpoint, _clock, _client) = (endpoint, clock, client);
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    /// <summary>
    /// The most messages that may be sent and unacknowledged. MQTTnet does not enforce it: the caller must.
    /// </summary>
    public int Window { get; private set; }

    /// <summary>The biggest packet the broker takes, in bytes.</summary>
    public long PacketBytesMax { get; private set; }

    /// <summary>How long the connection may be silent. MQTTnet ignores the broker's value: the caller pings.</summary>
    public TimeSpan KeepAlive { get; private set; }

    /// <summary>Cancelled when the connection has ended.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <exception cref="BrokerException">There is no connection; the reason says why and what to do.</exception>
    public static async Task<BrokerConnection> OpenAsync(
        MqttEndpoint endpoint, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? distrust = null;
        var options = await BuildOptionsAsync(endpoint, reason => distrust = reason, cancellationToken);
        var connection = new BrokerConnection(endpoint, clock, new MqttClientFactory().CreateMqttClient());
        try
        {
            using var deadline = new CancellationTokenSource(endpoint.ConnectTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            var answer = await connection._client.ConnectAsync(options, either.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw BrokerRefusal.FromConnack(endpoint, answer.ResultCode, answer.ReasonString);
            }

            connection.Accept(answer);
            return connection;
        }
        catch (BrokerException)
        {
            await connection.DisposeAsync();
            throw;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw BrokerRefusal.FromError(endpoint, error, distrust);
        }
    }

    /// <summary>Sends a message with QoS 1; completes with the PUBACK.</summary>
    public async Task<PublishReply> PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var answer = await _client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = message.Topic,
                Payload = new ReadOnlySequence<byte>(message.Payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                UserProperties =
                    [new MqttUserProperty(PublishPacketSize.IdProperty, Encoding.UTF8.GetBytes(message.Id))],
            },
            cancellationToken);
        return PublishReply.From(answer.ReasonCode, answer.ReasonString);
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_endpoint.AckTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await _client.PingAsync(either.Token);
    }

    /// <summary>Why the connection ended, as far as is known.</summary>
    public BrokerException Explain(Exception? error) => _end ?? error switch
    {
        // What was under way fails before the event of the end is raised.
        MqttClientUnexpectedDisconnectReceivedException { ReasonCode: { } code } said => BrokerRefusal.FromDisconnect(
            _endpoint, (MqttClientDisconnectReason)code, said.ReasonString),
        null => BrokerRefusal.FromError(_endpoint, new IOException("the connection was closed"), null),
        _ => BrokerRefusal.FromError(_endpoint, error, null),
    };

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            try
            {
                using var deadline = new CancellationTokenSource(DisconnectTimeout, _clock);
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), deadline.Token);
            }
            catch (Exception) when (!_client.IsConnected)
            {
                // It ended in its own way; nothing was lost by that.
            }
        }

        _client.Dispose();
    }

    private void Accept(MqttClientConnectResult answer)
    {
        var most = answer.ReceiveMaximum is > 0 and var receiveMaximum ? receiveMaximum : ushort.MaxValue;
        Window = Math.Clamp(_endpoint.InFlightMax, 1, most);
        PacketBytesMax = answer.MaximumPacketSize is > 0 and var bytes ? bytes : uint.MaxValue;
        KeepAlive = answer.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(answer.ServerKeepAlive) : _endpoint.KeepAlive;
    }

    private async Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs ended)
    {
        if (ended.Exception is null && ended.ClientWasConnected
            && ended.Reason != MqttClientDisconnectReason.NormalDisconnection)
        {
            _end = BrokerRefusal.FromDisconnect(_endpoint, ended.Reason, ended.ReasonString);
        }

        await _closed.CancelAsync();
    }

    private static async Task<MqttClientOptions> BuildOptionsAsync(
        MqttEndpoint endpoint, Action<string?> distrust, CancellationToken cancellationToken)
    {
        try
        {
            return new MqttClientOptions
            {
                ProtocolVersion = MqttProtocolVersion.V500,
                ClientId = endpoint.ClientId,
                CleanSession = true,
                SessionExpiryInterval = 0,
                KeepAlivePeriod = endpoint.KeepAlive,
                Timeout = endpoint.ConnectTimeout,
                TryPrivate = false, // A bridge bit for mosquitto in MQTT 3; not a thing of MQTT 5.
                Credentials = await ReadCredentialsAsync(endpoint, cancellationToken),
                ChannelOptions = new MqttClientTcpOptions
                {
                    RemoteEndpoint = new DnsEndPoint(endpoint.Host, endpoint.Port),
                    NoDelay = true,
                    TlsOptions = BuildTls(endpoint, distrust),
                },
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BrokerException(
                refused: true, $"The password or the certificates for {endpoint} cannot be read ({error.Message}).",
                "Check that the files exist, are PEM, and can be read by the agent's user.", error);
        }
    }

    private static async Task<IMqttClientCredentialsProvider?> ReadCredentialsAsync(
        MqttEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.User is null)
        {
            return null;
        }

        var password = endpoint.PasswordFile is null
            ? null
            : (await File.ReadAllTextAsync(endpoint.PasswordFile, cancellationToken)).TrimEnd('\r', '\n');
        return new MqttClientCredentials(endpoint.User, password is null ? null : Encoding.UTF8.GetBytes(password));
    }

    private static MqttClientTlsOptions BuildTls(MqttEndpoint endpoint, Action<string?> distrust)
    {
        if (endpoint.Tls is not { } tls)
        {
            return new() { UseTls = false };
        }

        var options = new MqttClientTlsOptions
        {
            UseTls = true,
            TargetHost = endpoint.Host,
#pragma warning disable CA5398 // 1.2 and 1.3 and nothing below, whatever the machine allows.
            SslProtocol = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398

            // Plant CAs publish no revocation lists; a certificate is revoked by changing the CA file.
            RevocationMode = X509RevocationMode.NoCheck,
            CertificateValidationHandler = shown =>
            {
                var reason = BrokerRefusal.Explain(shown.SslPolicyErrors, shown.Chain);
                distrust(reason);
                return shown.SslPolicyErrors == SslPolicyErrors.None;
            },
        };
        if (tls.CaFile is not null)
        {
            options.TrustChain = [];
            options.TrustChain.ImportFromPemFile(tls.CaFile);
        }

        if (tls.CertificateFile is not null)
        {
            options.ClientCertificatesProvider = new DefaultMqttCertificatesProvider(
                new X509Certificate2Collection(X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)));
        }

        return options;
    }
}

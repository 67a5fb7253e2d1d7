using System.Security.Cryptography.X509Certificates;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Server;
using EdgeAgent.OpcUa.Services;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAgent.Tests.OpcUa.Server;

/// <summary>
/// The server without sockets, on a clock that only tests move, and one client that talks to it in bytes.
/// </summary>
internal sealed class ServerRig : IDisposable
{
    public const string Plant = "urn:test:plant";

    private static readonly X509Certificate2 Certificate = ServerCertificate.Make(new(), TimeProvider.System);

    private uint _lastRequest;

    public ServerRig(ServerSettings? settings = null, Action<AddressSpace, ushort>? fill = null)
    {
        Ns = Space.AddNamespace(Plant);
        fill?.Invoke(Space, Ns);
        Core = new(settings ?? new(), Space, Clock, Certificate);
        Core.State.EndpointUrl = "opc.tcp://test";
        Core.Start();
        Connection = new(Core);
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));

    public AddressSpace Space { get; } = new();

    /// <summary>The namespace of the plant.</summary>
    public ushort Ns { get; }

    public ServerCore Core { get; }

    public TestConnection Connection { get; set; }

    public NodeId Token { get; set; }

    public UaDateTime Now => UaDateTime.From(Clock.GetUtcNow());

    public RequestHeader Header => new() { AuthenticationToken = Token, RequestHandle = 77 };

    public NodeId Id(string text) => new(Ns, text);

    public int AddCounter(string name = "Counter", BuiltInType type = BuiltInType.UInt32) =>
        Space.AddVariable(AddressSpace.Objects, Id(name), name, type);

    /// <summary>A session of the anonymous user on <see cref="Connection"/>.</summary>
    public ServerRig Open(double timeout = 60_000)
    {
        var created = Call<CreateSessionRequest, CreateSessionResponse>(
            new() { RequestHeader = new(), RequestedSessionTimeout = timeout, SessionName = "test" });
        Token = created.AuthenticationToken;
        Call<ActivateSessionRequest, ActivateSessionResponse>(new() { RequestHeader = Header });
        return this;
    }

    /// <summary>Sends a request and takes its answer, which must come at once.</summary>
    /// <exception cref="OpcUaException">The answer is a fault.</exception>
    public TResponse Call<TRequest, TResponse>(TRequest request)
        where TRequest : class, IUaRequest<TRequest, TResponse>
        where TResponse : class, IUaResponse<TResponse>
    {
        var id = Send(request);
        Assert.True(Connection.Answers.Remove(id, out var answer), $"{typeof(TRequest).Name} got no answer");
        return Decode<TResponse>(answer);
    }

    /// <summary>Sends a request that may be answered later.</summary>
    public uint Send<TRequest>(TRequest request)
        where TRequest : class, IUaEncodable<TRequest>
    {
        var writer = new UaWriter();
        writer.WriteEncodingId(TRequest.EncodingId);
        request.Encode(writer);
        Core.Handle(Connection, ++_lastRequest, writer.WrittenSpan);
        return _lastRequest;
    }

    public StatusCode Fault<TRequest, TResponse>(TRequest request)
        where TRequest : class, IUaRequest<TRequest, TResponse>
        where TResponse : class, IUaResponse<TResponse> =>
        Assert.Throws<OpcUaException>(() => Call<TRequest, TResponse>(request)).Status;

    public static TResponse Decode<TResponse>(byte[] answer)
        where TResponse : class, IUaResponse<TResponse>
    {
        var reader = new UaReader(answer, DecodingLimits.Default);
        var type = reader.ReadNodeId();
        if (type == new NodeId(ServiceFault.EncodingId))
        {
            throw new OpcUaException(ServiceFault.Decode(ref reader).ResponseHeader.ServiceResult, "fault");
        }

        Assert.Equal(new NodeId(TResponse.EncodingId), type);
        var response = TResponse.Decode(ref reader);
        reader.ExpectEnd();
        return response;
    }

    public DataValue Read(NodeId node, uint attribute = AttributeIds.Value, string? range = null) =>
        Call<ReadRequest, ReadResponse>(new()
        {
            RequestHeader = Header,
            TimestampsToReturn = TimestampsToReturn.Both,
            NodesToRead = [new() { NodeId = node, AttributeId = attribute, IndexRange = range }],
        }).Results[0];

    public uint Subscribe(
        double interval = 100,
        uint keepAlive = 10,
        uint lifetime = 30,
        uint maxNotifications = 0,
        bool isEnabled = true) =>
        Call<CreateSubscriptionRequest, CreateSubscriptionResponse>(new()
        {
            RequestHeader = Header,
            RequestedPublishingInterval = interval,
            RequestedMaxKeepAliveCount = keepAlive,
            RequestedLifetimeCount = lifetime,
            MaxNotificationsPerPublish = maxNotifications,
            PublishingEnabled = isEnabled,
        }).SubscriptionId;

    public MonitoredItemCreateResult Monitor(
        uint subscription, NodeId node, double sampling = 100, uint queue = 10, bool discardOldest = true,
        DataChangeFilter? filter = null, uint handle = 5, uint attribute = AttributeIds.Value,
        MonitoringMode mode = MonitoringMode.Reporting) =>
        Call<CreateMonitoredItemsRequest, CreateMonitoredItemsResponse>(new()
        {
            RequestHeader = Header,
            SubscriptionId = subscription,
            TimestampsToReturn = TimestampsToReturn.Both,
            ItemsToCreate =
            [
                new()
                {
                    ItemToMonitor = new() { NodeId = node, AttributeId = attribute },
                    MonitoringMode = mode,
                    RequestedParameters = new()
                    {
                        ClientHandle = handle,
                        SamplingInterval = sampling,
                        QueueSize = queue,
                        DiscardOldest = discardOldest,
                        Filter = filter is null ? default : ExtensionObject.Of(filter),
                    },
                },
            ],
        }).Results[0];

    public uint Publish(params IReadOnlyList<SubscriptionAcknowledgement> acknowledgements) =>
        Send(new PublishRequest { RequestHeader = Header, SubscriptionAcknowledgements = acknowledgements });

    /// <summary>The answer to a Publish, or null while there is none.</summary>
    public PublishResponse? Answer(uint request) =>
        Connection.Answers.Remove(request, out var answer) ? Decode<PublishResponse>(answer) : null;

    /// <summary>Values of the first notification, or none of a keep-alive.</summary>
    public static IReadOnlyList<MonitoredItemNotification> ValuesOf(PublishResponse? response)
    {
        Assert.NotNull(response);
        return response.NotificationMessage.NotificationData is [var data, ..]
            ? data.As<DataChangeNotification>(DecodingLimits.Default)!.MonitoredItems
            : [];
    }

    /// <summary>Moves the clock in steps, so that the schedule's timer fires as it would.</summary>
    public void Advance(double milliseconds)
    {
        for (var i = 0; i < milliseconds; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    public void Dispose() => Core.Dispose();

    /// <summary>Keeps what the server answers.</summary>
    public sealed class TestConnection(ServerCore core) : IServerConnection
    {
        public ChannelSecurity Security { get; init; } =
            new(1, SecurityPolicy.None, MessageSecurityMode.None, core.State.Certificate, []);

        public int MaxMessageBytes { get; set; } = 1 << 20;

        public bool HasRoom { get; set; } = true;

        public Dictionary<uint, byte[]> Answers { get; } = [];

        public int AnswerCount { get; private set; }

        /// <summary>Only counts, so that a test can measure what the server allocates.</summary>
        public bool IsCounting { get; set; }

        public void Respond(uint requestId, ReadOnlySpan<byte> message)
        {
            AnswerCount++;
            if (!IsCounting)
            {
                Answers[requestId] = message.ToArray();
            }
        }
    }
}

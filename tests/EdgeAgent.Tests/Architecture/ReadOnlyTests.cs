using System.Collections.Frozen;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Session;

namespace EdgeAgent.Tests.Architecture;

/// <summary>The OPC UA client cannot change anything in a plant, because what it would need does not exist.</summary>
public sealed class ReadOnlyTests
{
    private static readonly ReadOnlyProof Proof = new()
    {
        Requests = new Dictionary<string, long>
        {
            ["FindServersRequest"] = 422,
            ["GetEndpointsRequest"] = 428,
            ["OpenSecureChannelRequest"] = 446,
            ["CreateSessionRequest"] = 461,
            ["ActivateSessionRequest"] = 467,
            ["CloseSessionRequest"] = 473,
            ["BrowseRequest"] = 527,
            ["BrowseNextRequest"] = 533,
            ["TranslateBrowsePathsToNodeIdsRequest"] = 554,
            ["ReadRequest"] = 631,
            ["PreparedReadRequest"] = 631,
            ["HistoryReadRequest"] = 664,
            ["CallRequest"] = 712,
            ["CreateMonitoredItemsRequest"] = 751,
            ["ModifyMonitoredItemsRequest"] = 763,
            ["DeleteMonitoredItemsRequest"] = 781,
            ["CreateSubscriptionRequest"] = 787,
            ["ModifySubscriptionRequest"] = 793,
            ["PublishRequest"] = 826,
            ["RepublishRequest"] = 832,
            ["TransferSubscriptionsRequest"] = 841,
            ["DeleteSubscriptionsRequest"] = 847,

            // What the server of the tests takes from other clients. Nothing here can build one.
            ["SetMonitoringModeRequest"] = 769,
            ["SetPublishingModeRequest"] = 799,
        }.ToFrozenDictionary(),
        Builders = new HashSet<string>
        {
            "ServerMethods.ResendData", "ServerMethods.GetMonitoredItems",

            // The server of the tests reads what its clients ask for.
            "CallRequest.Decode",
        }.ToFrozenSet(),
    };

    [Fact]
    public void The_leaf_has_the_requests_of_the_list_and_no_others()
    {
        using var leaf = Compiled(typeof(OpcUaException));

        Assert.Empty(Proof.Findings(leaf));
    }

    [Fact]
    public void Other_assemblies_have_no_requests_and_send_none_themselves()
    {
        Type[] assemblies = [typeof(EdgeAgent.Commands.ExitCode), typeof(EdgeAgent.Simulator.Script.Plant)];
        foreach (var assembly in assemblies)
        {
            using var compiled = Compiled(assembly);

            Assert.Empty(compiled.Implementing("IUaRequest`2"));
            Assert.DoesNotContain(
                compiled.UsedMembers, used => used.Type == "ClientChannel" && used.Member is "CallAsync" or "Post");
        }
    }

    [Fact]
    public void Only_two_methods_of_the_server_object_can_be_called()
    {
        var calls = new[] { ServerMethods.ResendData(new(), 7), ServerMethods.GetMonitoredItems(new(), 7) }
            .Select(request => Assert.Single(request.MethodsToCall));

        Assert.Equal(
            [(new NodeId(2253), new NodeId(12873)), (new NodeId(2253), new NodeId(11492))],
            calls.Select(call => (call.ObjectId, call.MethodId)));
    }

    [Fact]
    public void Calls_cannot_be_named_from_outside()
    {
        Assert.False(typeof(CallRequest).IsPublic);
        Assert.False(typeof(CallMethodRequest).IsPublic);
        Assert.False(typeof(ServerMethods).IsPublic);
    }

    [Fact]
    public void A_request_that_is_not_on_the_list_is_found()
    {
        using var leaf = Compiled(typeof(OpcUaException));
        var doctored = Proof with { Requests = Proof.Requests.Where(pair => pair.Key != "ReadRequest").ToDictionary() };

        Assert.Equal(["ReadRequest is a request that is not on the list"], doctored.Findings(leaf));
    }

    [Fact]
    public void A_list_that_names_too_much_is_found()
    {
        using var leaf = Compiled(typeof(OpcUaException));
        var doctored = Proof with
        {
            Requests = Proof.Requests.Append(new("WriteRequest", 673)).ToDictionary(),
        };

        Assert.Equal(["WriteRequest is on the list and not in the assembly"], doctored.Findings(leaf));
    }

    [Fact]
    public void A_call_from_elsewhere_is_found()
    {
        using var leaf = Compiled(typeof(OpcUaException));
        var doctored = Proof with
        {
            Builders = Proof.Builders.Where(name => name != "ServerMethods.ResendData").ToFrozenSet(),
        };

        Assert.Equal(
            ["ServerMethods.ResendData builds a CallRequest", "ServerMethods.ResendData builds a CallMethodRequest"],
            doctored.Findings(leaf));
    }

    [Fact]
    public void A_write_that_somebody_adds_is_found_by_its_name_its_interface_and_its_id()
    {
        using var doctored = Compiled(typeof(WriteRequest));
        var findings = Proof.Findings(doctored);

        Assert.Contains("WriteRequest is a request that is not on the list", findings);
        Assert.Contains("WriteRequest is named", findings);
        Assert.Contains("WriteRequest has the id 673", findings);
        Assert.Contains("WriteRequest.get_EncodingId loads 673, the id of Write", findings);
        Assert.Contains("WriteRequest.Reset builds a CallRequest", findings);
    }

    private static CompiledAssembly Compiled(Type type) => new(type.Assembly.Location);

    /// <summary>What must not be in the leaf.</summary>
    internal sealed record WriteRequest : IUaRequest<WriteRequest, ReadResponse>
    {
        public static uint EncodingId => 673;

        public RequestHeader RequestHeader { get; init; } = new();

        public void Encode(UaWriter writer) => RequestHeader.Encode(writer);

        public static WriteRequest Decode(ref UaReader reader) =>
            new() { RequestHeader = RequestHeader.Decode(ref reader) };

        public static object Reset(RequestHeader header) =>
            new CallRequest { RequestHeader = header, MethodsToCall = [new() { MethodId = new(1, "Reset") }] };
    }
}

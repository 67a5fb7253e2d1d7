using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.SystemTests.Peers;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>The bare secure channel against node-opcua: every policy and mode, and keys renewed under load.</summary>
[Collection(InteropCollection.Name)]
public sealed class ChannelInteropTests(InteropRig rig)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static TheoryData<string, MessageSecurityMode> Endpoints => InteropSecurityTests.Endpoints;

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_channel_opens_and_the_server_says_its_endpoints(string policy, MessageSecurityMode mode)
    {
        var server = await rig.ServerAsync();
        await using var channel = await OpenAsync(server, policy, mode, TimeSpan.FromHours(1));
        var endpoints = await EndpointsAsync(channel, server);
        Assert.Equal(7, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.Equal(server.Certificate, endpoint.ServerCertificate));
        Assert.Null(channel.Failure);
    }

    [Fact]
    public async Task Keys_are_renewed_again_and_again_and_no_answer_is_lost()
    {
        var server = await rig.ServerAsync();
        await Task.WhenAll(
            RenewUnderLoadAsync(server, "None", MessageSecurityMode.None),
            RenewUnderLoadAsync(server, "Basic256Sha256", MessageSecurityMode.Sign),
            RenewUnderLoadAsync(server, "Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt),
            RenewUnderLoadAsync(server, "Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt));
    }

    private async Task RenewUnderLoadAsync(NodeOpcUa server, string policy, MessageSecurityMode mode)
    {
        const int renewals = 4;
        await using var channel = await OpenAsync(server, policy, mode, TimeSpan.FromSeconds(4));
        var calls = 0;
        var callers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (channel.Counters.Renewals < renewals)
            {
                Assert.Equal(7, (await EndpointsAsync(channel, server)).Count);
                Interlocked.Increment(ref calls);
            }
        });
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(calls > 20, $"{calls} calls");
        Assert.Equal(calls, channel.Counters.Responses);
        Assert.Null(channel.Failure);
    }

    private static async Task<IReadOnlyList<EndpointDescription>> EndpointsAsync(
        ClientChannel channel, NodeOpcUa server)
    {
        var response = await channel.CallAsync<GetEndpointsRequest, GetEndpointsResponse>(
            new() { EndpointUrl = server.Endpoint.OriginalString }, Timeout, TestContext.Current.CancellationToken);
        return response.Endpoints;
    }

    private Task<ClientChannel> OpenAsync(NodeOpcUa server, string policy, MessageSecurityMode mode, TimeSpan lifetime)
    {
        var settings = new ClientChannelSettings
        {
            EndpointUrl = server.Endpoint,
            Policy = SecurityPolicy.FindByName(policy)!,
            Mode = mode,
            Certificate = rig.Client.Own.WithKey,
            Chain = rig.Client.Own.Chain,
            ServerCertificate = server.Certificate,
            Lifetime = lifetime,
        };
        return ClientChannel.OpenAsync(settings, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}

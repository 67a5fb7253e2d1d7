using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>The requests of another stack's own tests decode by the structures of requests.</summary>
public sealed class RequestCorpusTests
{
    // Behind each frame the corpus keeps the memory that the fuzzer of that stack may use.
    private const int Trailer = 4;

    [Fact]
    public void Each_request_decodes_as_its_structure()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in Corpus.Files("open62541/binary_message"))
        {
            var input = File.ReadAllBytes(path);
            for (var offset = 0; offset < input.Length;)
            {
                Assert.True(FrameHeader.TryRead(input.AsSpan(offset), input.Length, out var frame));
                var what = Judge(input[offset..(offset + frame.Size)], frame.Type);
                counts[what] = counts.GetValueOrDefault(what) + 1;
                offset += frame.Size + Trailer;
            }
        }

        // The bytes left are signatures of chunks that are signed and not encrypted; the ids are those of WriteRequest,
        // AddNodesRequest and the like, which this leaf must not have.
        Assert.Equal(
            """
            ActivateSessionRequest: 75
            BadDecodingError: 20 bytes are left at the end: 5
            BadDecodingError: 32 bytes are left at the end: 5
            BadSecurityPolicyRejected: The peer answers under the policy: 2
            BadUnknownResponse: i=12208 is no structure of this leaf: 5
            BadUnknownResponse: i=12211 is no structure of this leaf: 13
            BadUnknownResponse: i=437 is no structure of this leaf: 1
            BadUnknownResponse: i=488 is no structure of this leaf: 17
            BadUnknownResponse: i=494 is no structure of this leaf: 2
            BadUnknownResponse: i=500 is no structure of this leaf: 2
            BadUnknownResponse: i=506 is no structure of this leaf: 2
            BadUnknownResponse: i=560 is no structure of this leaf: 2
            BadUnknownResponse: i=566 is no structure of this leaf: 2
            BadUnknownResponse: i=673 is no structure of this leaf: 89
            BadUnknownResponse: i=700 is no structure of this leaf: 40
            BadUnknownResponse: i=769 is no structure of this leaf: 1
            BadUnknownResponse: i=799 is no structure of this leaf: 1
            BrowseNextRequest: 6
            BrowseRequest: 9
            CallRequest: 3
            CloseSecureChannelRequest: 99
            CloseSessionRequest: 66
            CreateMonitoredItemsRequest: 23
            CreateSessionRequest: 75
            CreateSubscriptionRequest: 17
            DeleteMonitoredItemsRequest: 18
            DeleteSubscriptionsRequest: 12
            FindServersRequest: 14
            GetEndpointsRequest: 82
            Hello: 108
            HistoryReadRequest: 72
            ModifyMonitoredItemsRequest: 4
            ModifySubscriptionRequest: 2
            OpenSecureChannelRequest: 107
            PublishRequest: 184
            ReadRequest: 162
            RepublishRequest: 1
            TranslateBrowsePathsToNodeIdsRequest: 2
            """.ReplaceLineEndings("\n"),
            string.Join('\n', counts.Select(pair => $"{pair.Key}: {pair.Value}")));
    }

    private static string Judge(byte[] frame, MessageType type)
    {
        if (type == MessageType.Hello)
        {
            Hello.Decode(frame);
            return "Hello";
        }

        try
        {
            return Corpus.Decode(Assert.Single(Corpus.Receive(frame))).GetType().Name;
        }
        catch (OpcUaException error)
        {
            return error.Message.Split(" (", 2)[0].Split(" \"", 2)[0];
        }
    }
}

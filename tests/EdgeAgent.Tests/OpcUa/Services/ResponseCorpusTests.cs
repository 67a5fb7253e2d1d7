using System.Globalization;
using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.Services;

/// <summary>What real servers sent is read to its last byte, or refused with a reason.</summary>
public sealed class ResponseCorpusTests
{
    [Fact]
    public void Each_response_decodes_as_its_structure()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in Corpus.Files("response"))
        {
            var what = Judge(path);
            counts[what] = counts.GetValueOrDefault(what) + 1;
        }

        // Some of these servers send matrices that do not fit their dimensions, and a DataValue within a DataValue. The
        // bytes left are signatures of chunks that are signed and not encrypted; 0x75 begins a ciphertext.
        Assert.Equal(
            """
            ACK: 2
            ActivateSessionResponse: 11
            BadDecodingError: 0x75 is no form of a NodeId: 1
            BadDecodingError: 32 bytes are left at the end: 2
            BadDecodingError: a DataValue lies within a DataValue: 3
            BadDecodingError: the 2 dimensions of a matrix do not hold its 3 elements: 7
            BadSecurityPolicyRejected: The peer answers under the policy: 1
            BadUnknownResponse: i=12209 is no structure of this leaf: 1
            BadUnknownResponse: i=12212 is no structure of this leaf: 1
            BadUnknownResponse: i=491 is no structure of this leaf: 20
            BadUnknownResponse: i=676 is no structure of this leaf: 13
            BrowseNextResponse: 2
            BrowseResponse: 48
            CallResponse: 7
            CloseSessionResponse: 6
            CreateMonitoredItemsResponse: 9
            CreateSessionResponse: 12
            CreateSubscriptionResponse: 6
            DeleteSubscriptionsResponse: 8
            FindServersResponse: 1
            GetEndpointsResponse: 13
            OpenSecureChannelResponse: 27
            PublishResponse: 78
            ReadResponse: 159
            ServiceFault: 7
            TranslateBrowsePathsToNodeIdsResponse: 2
            """.ReplaceLineEndings("\n"),
            string.Join('\n', counts.Select(pair => $"{pair.Key}: {pair.Value}")));
    }

    [Fact]
    public void Values_in_columns_are_those_of_the_structures()
    {
        var reader = new PublishResponseReader();
        var values = new ValueColumns();
        var count = 0;
        foreach (var path in Corpus.Files("response").Where(path => path.Contains("-i829-", StringComparison.Ordinal)))
        {
            var message = Assert.Single(Corpus.Receive(File.ReadAllBytes(path)));
            var expected = ((PublishResponse)Corpus.Decode(message)).NotificationMessage.NotificationData
                .Select(item => item.As<DataChangeNotification>(DecodingLimits.Default))
                .SelectMany(item => item?.MonitoredItems ?? [])
                .Select(item => (item.ClientHandle, item.Value))
                .ToList();
            var body = new UaReader(message, DecodingLimits.Default);
            body.ReadNodeId();
            reader.ReadPublish(ref body, values);
            Assert.Equal(
                expected,
                Enumerable.Range(0, values.Count)
                    .Select(row => (values.Handles[row], values.ReadDataValue(row, DecodingLimits.Default))));
            count += expected.Count;
        }

        Assert.Equal(10, count);
    }

    private static string Judge(string path)
    {
        var input = File.ReadAllBytes(path);
        var name = Path.GetFileName(path);
        if (name.StartsWith("ACK", StringComparison.Ordinal))
        {
            Acknowledge.Decode(input);
            return "ACK";
        }

        try
        {
            var structure = Corpus.Decode(Assert.Single(Corpus.Receive(input)));
            var id = name.StartsWith("MSG-i", StringComparison.Ordinal)
                ? uint.Parse(name.Split('-')[1].AsSpan(1), CultureInfo.InvariantCulture)
                : OpenSecureChannelResponse.EncodingId;
            Assert.Equal(id, Structures.EncodingId(structure.GetType()));

            // Null arrays are written as empty ones, and empty DiagnosticInfos as null; after that nothing changes.
            var once = Structures.Encode(structure);
            var twice = Structures.Encode(Structures.Decode(structure.GetType(), once));
            Assert.Equal(twice, Structures.Encode(Structures.Decode(structure.GetType(), twice)));
            return structure.GetType().Name;
        }
        catch (OpcUaException error)
        {
            return error.Message.Split(" (", 2)[0].Split(" \"", 2)[0];
        }
    }
}

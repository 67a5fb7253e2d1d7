using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Transport;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class ChannelAllocationTests
{
    public static TheoryData<string, string> Securities => ChannelPair.Securities;

    [Theory, MemberData(nameof(Securities))]
    public void A_chunk_is_written_read_and_assembled_without_allocation(string policy, string mode)
    {
        var pair = ChannelPair.Of(policy, mode);
        var output = new PooledBuffer();
        var message = new byte[200_000];
        var total = 0L;
        var bytes = AllocatedBytes.Of(() =>
        {
            for (var i = 0u; i < 100; i++)
            {
                output.Clear();
                pair.Writer.Write(MessageType.Message, i, message, output);
                pair.Writer.Write(MessageType.Message, i + 1, message.AsSpan(0, 100), output);
                for (var offset = 0; offset < output.Length;)
                {
                    FrameHeader.TryRead(output.Bytes.AsSpan(offset), 65_536, out var frame);
                    var chunk = pair.Reader.Read(output.Bytes, offset, frame, 0);
                    if (pair.Assembler.TryAdd(output.Bytes, chunk, out var whole))
                    {
                        total += whole.Body.Length;
                    }

                    offset += frame.Size;
                }
            }
        });
        Assert.Equal(0, bytes);
        Assert.Equal(0, total % (message.Length + 100));
        Assert.NotEqual(0, total);
    }

    [Theory, MemberData(nameof(Securities))]
    public async Task A_posted_request_and_its_answer_cost_no_allocation(string policy, string mode)
    {
        const int warm = 2_000;
        const int measured = 10_000;
        var settings = TestSettings.Secured(
            new() { EndpointUrl = new("opc.tcp://plc"), Limits = new() { ChunkBytes = 8_192 } }, policy, mode);
        var answer = ScriptedServer.Encoded(new ServiceFault());
        var stream = new LoopStream(settings, [.. answer, .. new byte[20_000]]);
        var handler = new Reposter(warm, measured);
        await using var channel = await ClientChannel.OpenAsync(
            stream, settings, new StoppedClock(), TestContext.Current.CancellationToken);
        handler.Start(channel);
        await handler.Done.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, handler.LeastBytes);
        Assert.Equal(warm + measured, channel.Counters.Responses);
    }

    /// <summary>Always the same time; the fake clock of the other tests allocates when it is read.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override long GetTimestamp() => 0;
    }

    /// <summary>Posts the next request from the answer to the last, and watches its thread's allocations.</summary>
    private sealed class Reposter(int warm, int measured) : ResponseHandler
    {
        // The runtime allocates now and then while it replaces code by better code, so the best of some rounds counts.
        private const int RoundLength = 1_000;

        private readonly PublishRequest _request = new()
        {
            RequestHeader = new() { AuthenticationToken = new(1, 12_345) },
            SubscriptionAcknowledgements = [new() { SubscriptionId = 1, SequenceNumber = 2 }],
        };

        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _started = new();
        private ClientChannel? _channel;
        private int _answers;
        private int _thread;
        private long _before;

        public Task Done => _done.Task;

        public long LeastBytes { get; private set; } = long.MaxValue;

        public void Start(ClientChannel channel)
        {
            _channel = channel;
            Post();
            _started.Set();
        }

        public override void OnResponse(uint encodingId, ref UaReader body)
        {
            if (_answers++ == 0)
            {
                // While the first post is still sending, it would also send the next one, on its own thread.
                _started.Wait();
            }

            if (_answers >= warm && (_answers - warm) % RoundLength == 0)
            {
                var now = GC.GetAllocatedBytesForCurrentThread();
                if (_answers > warm && _thread == Environment.CurrentManagedThreadId)
                {
                    LeastBytes = Math.Min(LeastBytes, now - _before);
                }

                (_thread, _before) = (Environment.CurrentManagedThreadId, now);
            }

            if (_answers < warm + measured)
            {
                Post();
            }
            else
            {
                _done.TrySetResult();
            }
        }

        public override void OnFailure(OpcUaException failure) => _done.TrySetException(failure);

        private void Post() => _channel!.Post(_request, this, TimeSpan.FromSeconds(10));
    }
}

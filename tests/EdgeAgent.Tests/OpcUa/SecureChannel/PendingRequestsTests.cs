using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.SecureChannel;

namespace EdgeAgent.Tests.OpcUa.SecureChannel;

public sealed class PendingRequestsTests
{
    private readonly PendingRequests _pending = new(3);

    [Fact]
    public void Never_more_than_the_capacity_are_pending_but_the_channel_can_always_be_renewed()
    {
        var first = _pending.Add(Request(10));
        _pending.Add(Request(20));
        _pending.Add(Request(30));
        var error = Assert.Throws<OpcUaException>(() => _pending.Add(Request(40)));
        Assert.Equal(StatusCodes.BadTooManyOperations, error.Status.Value);
        _pending.Add(Request(50), isOpen: true);
        Assert.Equal(4, _pending.Count);

        Assert.True(_pending.TryTake(first, out _));
        Assert.False(_pending.TryTake(first, out _));
    }

    [Fact]
    public void Requests_expire_at_their_deadline_and_are_remembered_once()
    {
        var late = _pending.Add(Request(10));
        var kept = _pending.Add(Request(11));
        Assert.Equal(10, _pending.NextDeadline());
        Assert.False(_pending.TryExpire(9, out _));
        Assert.True(_pending.TryExpire(10, out var expired));
        Assert.Equal(10, expired.Deadline);
        Assert.False(_pending.TryExpire(10, out _));
        Assert.Equal(11, _pending.NextDeadline());

        Assert.False(_pending.TryTake(late, out _));
        Assert.True(_pending.WasGivenUp(late));
        Assert.False(_pending.WasGivenUp(late));
        Assert.False(_pending.WasGivenUp(kept));
        Assert.True(_pending.TryTake(kept, out _));
        Assert.Equal(long.MaxValue, _pending.NextDeadline());
    }

    [Fact]
    public void Only_the_latest_given_up_requests_are_remembered()
    {
        var ids = new List<uint>();
        for (var i = 0; i <= PendingRequests.RememberedCount; i++)
        {
            ids.Add(_pending.Add(Request(1)));
            Assert.True(_pending.TryGiveUp(ids[^1], out _));
        }

        Assert.False(_pending.WasGivenUp(ids[0]));
        Assert.All(ids.Skip(1), id => Assert.True(_pending.WasGivenUp(id)));
    }

    [Fact]
    public void All_are_taken_out_when_the_channel_ends()
    {
        _pending.Add(Request(1));
        _pending.Add(Request(2));
        Assert.True(_pending.TryTakeAny(out _));
        Assert.True(_pending.TryTakeAny(out _));
        Assert.False(_pending.TryTakeAny(out _));
    }

    private static PendingRequest Request(long deadline) => new(new Unused(), "Test", TimeSpan.Zero, deadline);

    private sealed class Unused : ResponseHandler
    {
        public override void OnResponse(uint encodingId, ref UaReader body)
        {
        }

        public override void OnFailure(OpcUaException failure)
        {
        }
    }
}

using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// Takes the answer to a posted request. Exactly one of the two methods is called for each request, once. One handler
/// may serve many requests.
/// </summary>
public abstract class ResponseHandler
{
    /// <summary>
    /// The answer came. Runs on the channel's receive loop: nothing else is received until it returns, so it must not
    /// wait. It may post further requests.
    /// </summary>
    /// <param name="encodingId">Which structure it is; may be ServiceFault (397).</param>
    /// <param name="body">Begins at the ResponseHeader; valid during the call only.</param>
    /// <exception cref="OpcUaException">The answer cannot be decoded; the channel is closed for it.</exception>
    public abstract void OnResponse(uint encodingId, ref UaReader body);

    /// <summary>
    /// There will be no answer: time-out, the server gave the message up, or the channel ended. Runs on any thread,
    /// also while <see cref="OnResponse"/> runs for another request. Must not throw.
    /// </summary>
    public abstract void OnFailure(OpcUaException failure);
}

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>What a channel has done since it was opened; may be read at any time.</summary>
public sealed class ChannelCounters
{
    private long _requests;
    private long _responses;
    private long _bytesSent;
    private long _bytesReceived;
    private long _chunksReceived;
    private long _timeouts;
    private long _lateAnswers;
    private long _renewals;

    public long Requests => Volatile.Read(ref _requests);

    public long Responses => Volatile.Read(ref _responses);

    public long BytesSent => Volatile.Read(ref _bytesSent);

    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    public long ChunksReceived => Volatile.Read(ref _chunksReceived);

    /// <summary>Requests that were given up, by their time-out or by the caller.</summary>
    public long Timeouts => Volatile.Read(ref _timeouts);

    /// <summary>Answers to requests that had been given up; they were ignored.</summary>
    public long LateAnswers => Volatile.Read(ref _lateAnswers);

    /// <summary>Tokens after the first.</summary>
    public long Renewals => Volatile.Read(ref _renewals);

    internal void Requested() => Interlocked.Increment(ref _requests);

    internal void Responded() => Interlocked.Increment(ref _responses);

    internal void Sent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    internal void Received(int bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    internal void ReceivedChunk() => Interlocked.Increment(ref _chunksReceived);

    internal void TimedOut() => Interlocked.Increment(ref _timeouts);

    internal void AnsweredLate() => Interlocked.Increment(ref _lateAnswers);

    internal void Renewed() => Interlocked.Increment(ref _renewals);
}

namespace EdgeAgent.OpcUa.Session;

/// <summary>How far the server's clock is from ours, measured once.</summary>
/// <param name="Offset">The server's time minus ours; positive where the server is ahead.</param>
/// <param name="RoundTrip">How long the answer took: the offset is certain to plus or minus half of it.</param>
/// <param name="MeasuredAt">By our clock.</param>
public readonly record struct ClockReading(TimeSpan Offset, TimeSpan RoundTrip, DateTimeOffset MeasuredAt)
{
    /// <summary>
    /// The server has read its clock somewhere between sending and receiving; the middle is the best guess.
    /// </summary>
    /// <param name="sent">Our time at the request.</param>
    /// <param name="roundTrip">By a clock that does not jump.</param>
    /// <param name="serverTime">What the server answered.</param>
    internal static ClockReading From(DateTimeOffset sent, TimeSpan roundTrip, DateTimeOffset serverTime) =>
        new(serverTime - (sent + (roundTrip / 2)), roundTrip, sent + roundTrip);
}

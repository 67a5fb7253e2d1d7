using EdgeAgent.OpcUa.Binary;

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// A time for which values may be missing and will not come. Wide rather than narrow: what was delivered may lie in it,
/// what was lost lies in it.
/// </summary>
/// <param name="Handles">The tags, or null for all of them.</param>
/// <param name="From">From this source time on, in the server's clock; inclusive.</param>
/// <param name="To">Up to this source time, in the server's clock; inclusive.</param>
/// <param name="Cause">Why.</param>
/// <param name="Detail">What happened, in one English sentence.</param>
public sealed record LostSpan(
    IReadOnlyList<uint>? Handles, UaDateTime From, UaDateTime To, LossCause Cause, string Detail);

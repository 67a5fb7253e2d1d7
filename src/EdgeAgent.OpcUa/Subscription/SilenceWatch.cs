namespace EdgeAgent.OpcUa.Subscription;

/// <summary>When a connection that stands counts as dead because nothing comes. A decision only.</summary>
internal static class SilenceWatch
{
    // A response that is due now may be on its way, and a busy machine may be late.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="silence">Since anything last came of the subscription, or since it was last asked.</param>
    /// <param name="keepAlive">After which the server promised to say something.</param>
    /// <param name="interval">Its publishing interval.</param>
    /// <param name="margin">Keep-alive times to wait for.</param>
    public static bool IsDead(TimeSpan silence, TimeSpan keepAlive, TimeSpan interval, double margin) =>
        silence > (keepAlive * margin) + interval + Grace;
}

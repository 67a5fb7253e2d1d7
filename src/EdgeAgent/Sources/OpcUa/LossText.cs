using System.Diagnostics;
using EdgeAgent.Core.Model;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.Sources.OpcUa;

/// <summary>What a loss is called in a gap record.</summary>
internal static class LossText
{
    // Gap.Detail holds 1,024 characters.
    private const int DetailMax = 1000;

    public static GapCause Cause(LossCause cause) => cause switch
    {
        LossCause.ConnectionLost or LossCause.ServerRestarted or LossCause.ServerShutdown or LossCause.PollsSkipped =>
            GapCause.SourceOffline,
        LossCause.ServerSilent => GapCause.SourceSilent,
        LossCause.SubscriptionLost or LossCause.MessagesLost or LossCause.QueueOverflow => GapCause.DataLost,
        LossCause.SinkFull => GapCause.QueueOverflow,
        _ => throw new UnreachableException(),
    };

    public static string Detail(string sentence) =>
        sentence.Length <= DetailMax ? sentence : sentence[..DetailMax] + "…";
}

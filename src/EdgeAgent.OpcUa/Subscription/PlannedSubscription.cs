namespace EdgeAgent.OpcUa.Subscription;

/// <summary>Tags that will share a subscription.</summary>
/// <param name="PublishingInterval">How often it reports.</param>
/// <param name="Tags">Indices into the list of tags.</param>
internal sealed record PlannedSubscription(TimeSpan PublishingInterval, int[] Tags);

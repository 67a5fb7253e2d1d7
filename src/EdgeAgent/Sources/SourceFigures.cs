namespace EdgeAgent.Sources;

/// <summary>What the status page says of a source while there is no trouble.</summary>
/// <param name="State">A word or two.</param>
/// <param name="Bad">Answers or values that were bad.</param>
/// <param name="Responses">Polls made, or publish responses received.</param>
/// <param name="Missed">Polls not made, or values that the server or the agent had no room for.</param>
/// <param name="ClockOffset">The server's time minus ours; null where there is no server with a clock.</param>
internal sealed record SourceFigures(string State, long Bad, long Responses, long Missed, TimeSpan? ClockOffset = null);

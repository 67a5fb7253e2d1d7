namespace EdgeAgent.OpcUa;

/// <summary>
/// The one exception of this leaf: what the peer did wrong, or refused, or what cannot be agreed with it. A service
/// fault carries the peer's code; bytes that break the rules carry <see cref="StatusCodes.BadDecodingError"/>, and
/// bytes that pass a limit <see cref="StatusCodes.BadEncodingLimitsExceeded"/>.
/// </summary>
/// <param name="status">What went wrong, by its OPC UA code.</param>
/// <param name="message">Where, and what was found; without the name of the code.</param>
/// <param name="inner">The cause below, where there is one.</param>
public sealed class OpcUaException(StatusCode status, string message, Exception? inner = null)
    : Exception($"{status}: {message}", inner)
{
    public StatusCode Status { get; } = status;

    /// <summary>The message without the name of the code, for messages that quote it.</summary>
    public string Detail { get; } = message;
}

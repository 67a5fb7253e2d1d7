namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// What comes after what, in quiet and in trouble (Part 4, 6.7: session, then subscriptions, then messages, each kept
/// as long as the server has it). Decisions only.
/// </summary>
/// <remarks>
/// <code>
/// Connect ──→ Transfer ──→ Republish ──→ Create ──→ Listen      connection lost, at any step: Reactivate
///                              ↑            │                   session gone, at any step:    Connect
/// Reactivate ──────────────────┘            └──→ Poll           server changed:               Create, all anew
/// </code>
/// </remarks>
internal static class OutageSteps
{
    public static OutageStep After(OutageStep step, StepResult result) => (step, result) switch
    {
        (_, StepResult.SessionGone) => OutageStep.Connect,
        (OutageStep.Connect, StepResult.ConnectionLost) => OutageStep.Connect,
        (_, StepResult.ConnectionLost) => OutageStep.Reactivate,
        (_, StepResult.ServerChanged) => OutageStep.Create,
        (_, StepResult.SubscriptionGone) => OutageStep.Create,
        (_, StepResult.NoSubscriptions) => OutageStep.Poll,
        (OutageStep.Connect, _) => OutageStep.Transfer,
        (OutageStep.Reactivate or OutageStep.Transfer, _) => OutageStep.Republish,
        (OutageStep.Republish, _) => OutageStep.Create,
        (OutageStep.Create, _) => OutageStep.Listen,
        _ => step,
    };

    /// <summary>How a failure in a step counts.</summary>
    /// <param name="step">The step.</param>
    /// <param name="status">Its status.</param>
    public static StepResult ResultOf(OutageStep step, StatusCode status) =>
        IsSessionGone(status.Code) ? StepResult.SessionGone
        : step == OutageStep.Create && IsUnsupported(status.Code) ? StepResult.NoSubscriptions

        // Whoever answers, and not with this session, will not take it back: a certificate may be new, an endpoint
        // gone.
        : step == OutageStep.Reactivate && !IsUnreachable(status.Code) ? StepResult.SessionGone
        : StepResult.ConnectionLost;

    public static bool IsSessionGone(uint code) => code is StatusCodes.BadSessionIdInvalid
        or StatusCodes.BadSessionClosed or StatusCodes.BadSessionNotActivated;

    public static bool IsUnsupported(uint code) =>
        code is StatusCodes.BadServiceUnsupported or StatusCodes.BadNotImplemented or StatusCodes.BadNotSupported;

    // Nobody answered, or not now.
    private static bool IsUnreachable(uint code) => code is StatusCodes.BadNotConnected or StatusCodes.BadTimeout
        or StatusCodes.BadConnectionClosed or StatusCodes.BadCommunicationError or StatusCodes.BadServerNotConnected
        or StatusCodes.BadConnectionRejected or StatusCodes.BadTcpServerTooBusy or StatusCodes.BadRequestTimeout
        or StatusCodes.BadSecureChannelClosed or StatusCodes.BadShutdown or StatusCodes.BadServerHalted
        or StatusCodes.BadNoCommunication or StatusCodes.BadTcpInternalError;
}

namespace EdgeAgent.OpcUa.Subscription;

/// <summary>
/// How many operations go into one request: begins with what is known of the server, and halves whenever a request
/// turns out to be too much. It never grows again while the process lives: a server that was overtaxed once is not
/// tried again.
/// </summary>
internal sealed class BatchSize(int first)
{
    public int Current { get; private set; } = Math.Max(1, first);

    /// <summary>A limit became known.</summary>
    public void LimitTo(int most) => Current = Math.Clamp(most, 1, Current);

    /// <returns>False where one operation alone is too much.</returns>
    public bool Halve()
    {
        if (Current == 1)
        {
            return false;
        }

        Current /= 2;
        return true;
    }

    /// <summary>Whether a failure says that the request, or its response, was too big.</summary>
    public static bool IsTooMuch(StatusCode status) => status.Code is StatusCodes.BadTooManyOperations
        or StatusCodes.BadEncodingLimitsExceeded or StatusCodes.BadRequestTooLarge or StatusCodes.BadResponseTooLarge
        or StatusCodes.BadTcpMessageTooLarge;
}

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>One sample of one tag, or the start of a gap in it.</summary>
/// <param name="Time">Event time in microseconds since the epoch.</param>
/// <param name="Bits">The value bits of the sample; for a text its code in <see cref="TextCodes"/>.</param>
/// <param name="Severity">How far to trust it.</param>
internal readonly record struct Reading(long Time, long Bits, Severity Severity)
{
    /// <summary>Uncertain values are used, though they do not count as Good.</summary>
    public bool IsUsable => Severity <= Severity.Uncertain;
}

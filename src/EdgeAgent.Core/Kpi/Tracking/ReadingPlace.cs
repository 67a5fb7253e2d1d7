namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>
/// Where in time a live reading of a server with a clock belongs. Its source time says since when the value is so, its
/// server time when the server last knew it to be (OPC UA Part 4, 7.11.4). A value that does not change is therefore
/// read again and again with one source time: the second reading is no late one, it shows that the value still holds.
/// <code>
///   place of the tag's last reading   --●-------------------------→
///   a change                            |      S=V                     belongs at S
///   read again, unchanged              S=●            V                belongs at V
///   overtaken by the last reading     S V                              belongs at S, late
///   first reading of an old value     S |  more than the hold  | V     belongs at V
/// </code>
/// </summary>
internal static class ReadingPlace
{
    /// <param name="source">Microseconds since the epoch.</param>
    /// <param name="seen">When the server knew it, likewise; after <paramref name="source"/>.</param>
    /// <param name="slot">The tag.</param>
    public static long Of(long source, long seen, in TagSlot slot)
    {
        var last = slot.State.LastTime;
        var isAgain = source <= last && seen > last;
        var isOld = source > last && seen - source > slot.Hold;
        return isAgain || isOld ? seen : source;
    }
}

namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// The numbers of chunks (Part 6, 6.7.2.4): one more for each chunk, over all messages and tokens. Under the policies
/// here ("legacy sequence numbers") they wrap only behind 4,294,966,271, and start again below 1,024.
/// </summary>
internal static class SequenceNumbers
{
    /// <summary>UInt32.MaxValue - 1024: the last number behind which nobody may wrap.</summary>
    public const uint WrapAfter = 4_294_966_271;

    /// <summary>The first number after a wrap is below this.</summary>
    public const uint WrapBelow = 1024;

    public const uint First = 1;

    /// <summary>What this side sends after <paramref name="last"/>.</summary>
    public static uint After(uint last) => last > WrapAfter ? First : last + 1;

    /// <summary>Whether the peer may send <paramref name="next"/> after <paramref name="last"/>.</summary>
    public static bool IsNext(uint last, uint next) =>
        (next == last + 1 && next != 0) || (last > WrapAfter && next < WrapBelow);
}

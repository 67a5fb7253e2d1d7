namespace EdgeAgent.OpcUa.SecureChannel;

/// <summary>
/// When a token is renewed and when it ends (Part 4, 5.5.2): renewed at 75 % of its life, honoured for 25 % more.
/// </summary>
/// <param name="Revised">What holds, after clamping what the server said.</param>
internal readonly record struct TokenLifetime(TimeSpan Revised)
{
    /// <summary>Shorter, and renewing would be all that a gateway does.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longer, and one set of keys would protect too much; also what fits into the protocol's number.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>When to ask for the next token, from the issue of this one.</summary>
    public TimeSpan Renewal => Revised * 0.75;

    /// <summary>How long the answer to a renewal may take: until the server no longer takes the old token.</summary>
    public TimeSpan Patience => Revised * 0.25;

    /// <summary>When messages under this token are no longer taken, from its issue.</summary>
    public TimeSpan End => Revised * 1.25;

    /// <param name="requested">What this side asked for.</param>
    /// <param name="revisedMilliseconds">
    /// What the server said. More than was asked for is not used; 0, or so little that it would be a storm of renewals,
    /// is taken for the shortest.
    /// </param>
    public static TokenLifetime Of(TimeSpan requested, uint revisedMilliseconds)
    {
        var said = TimeSpan.FromMilliseconds(revisedMilliseconds);
        return new(said < Shortest ? Shortest : said > requested ? requested : said);
    }
}

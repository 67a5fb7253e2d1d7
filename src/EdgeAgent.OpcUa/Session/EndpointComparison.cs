using EdgeAgent.OpcUa.Services;

namespace EdgeAgent.OpcUa.Session;

/// <summary>
/// Compares what the server offered before the channel was secured with what it says within (Part 4, 5.7.2): whoever
/// took the strong endpoints out of the first list to make us use a weak one cannot change the second.
/// </summary>
internal static class EndpointComparison
{
    /// <exception cref="OpcUaException">The lists differ; BadSecurityChecksFailed.</exception>
    public static void Check(
        IReadOnlyList<EndpointDescription> discovered,
        IReadOnlyList<EndpointDescription> secured,
        EndpointDescription used)
    {
        var (before, within) = (Offers(discovered), Offers(secured));
        if (!before.SetEquals(within))
        {
            throw Differs(
                $"within the channel it offers {Names(within)}, but before that the list was {Names(before)}");
        }

        var isConfirmed = secured.Any(endpoint => EndpointChoice.IsBinary(endpoint) && Offer(endpoint) == Offer(used)
            && Tokens(endpoint).SetEquals(Tokens(used)));
        if (!isConfirmed)
        {
            throw Differs("within the channel it offers other ways to log in than before");
        }
    }

    private static (MessageSecurityMode Mode, string? Policy) Offer(EndpointDescription endpoint) =>
        (endpoint.SecurityMode, endpoint.SecurityPolicyUri);

    private static HashSet<(MessageSecurityMode Mode, string? Policy)> Offers(
        IEnumerable<EndpointDescription> endpoints) =>
        [.. endpoints.Where(EndpointChoice.IsBinary).Select(Offer)];

    private static HashSet<(string? Id, UserTokenType Type, string Policy)> Tokens(EndpointDescription endpoint) =>
    [
        .. endpoint.UserIdentityTokens.Select(token =>
            (token.PolicyId, token.TokenType, token.SecurityPolicyUri ?? "")),
    ];

    private static string Names(IEnumerable<(MessageSecurityMode Mode, string? Policy)> offers)
    {
        var names = offers
            .Select(offer => $"{offer.Mode} {offer.Policy?[(offer.Policy.LastIndexOf('#') + 1)..]}")
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? "nothing" : string.Join("; ", names);
    }

    private static OpcUaException Differs(string how) =>
        new(
            StatusCodes.BadSecurityChecksFailed,
            $"The server contradicts its own list of endpoints: {how}. Somebody may have changed the list on its "
            + "way to force a weaker protection; find out who stands between this gateway and the server.");
}

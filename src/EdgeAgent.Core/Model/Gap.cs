namespace EdgeAgent.Core.Model;

/// <summary>
/// A stretch of time in which samples were due and none can be had: the written opposite of silence. Half-open
/// [<paramref name="From"/>, <paramref name="To"/>), in gateway time.
/// </summary>
/// <param name="Scope">The source or device concerned, or <see cref="Everything"/>.</param>
/// <param name="From">The last instant that is accounted for by samples.</param>
/// <param name="To">The first instant that is again.</param>
/// <param name="Cause">Why.</param>
/// <param name="Detail">One sentence for people, at most 1,024 characters; may be empty.</param>
public sealed record Gap(string Scope, UtcTime From, UtcTime To, GapCause Cause, string Detail = "")
{
    /// <summary>The scope of a gap that concerns every tag of the agent.</summary>
    public const string Everything = "*";
}

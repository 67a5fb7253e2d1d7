namespace EdgeAgent.Core.Kpi.Evaluation;

/// <summary>Sentences for periods whose measures cannot be cut out any more.</summary>
internal static class Grain
{
    public const string NotHeld =
        "measures of that age are no longer held so finely; ask for whole hours, shifts or days";
}

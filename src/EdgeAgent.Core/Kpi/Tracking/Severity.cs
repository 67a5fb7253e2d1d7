namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>The two severity bits of a status code, and the absence of a sample. Stored.</summary>
internal enum Severity : byte
{
    Good = 0,
    Uncertain = 1,
    Bad = 2,
    Missing = 3,
}

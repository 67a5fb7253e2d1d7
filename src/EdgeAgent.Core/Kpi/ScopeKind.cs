namespace EdgeAgent.Core.Kpi;

/// <summary>The kinds of <see cref="KpiScope"/>. Stored; numbers never change.</summary>
public enum ScopeKind : byte
{
    Plant = 0,
    Workshop = 1,
    Line = 2,
    Device = 3,
}

namespace EdgeAgent.Core.Kpi;

/// <summary>Whether a figure stands. Stored; numbers never change.</summary>
public enum KpiStatus : byte
{
    Ok = 0,

    /// <summary>There is a value, but something is missing beneath it.</summary>
    Partial = 1,

    /// <summary>There is no value.</summary>
    Null = 2,
}

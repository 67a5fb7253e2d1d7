namespace EdgeAgent.Core.Kpi;

/// <summary>How electricity and heat become standard coal. Stored; numbers never change.</summary>
public enum CoalBasis : byte
{
    /// <summary>当量值: by heat content, as form 205-1 counts.</summary>
    Calorific = 0,

    /// <summary>等价值: by the fuel it took to make it.</summary>
    Equivalent = 1,
}

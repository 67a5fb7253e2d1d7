namespace EdgeAgent.Core.Kpi;

/// <summary>What counts as a defect. Stored; numbers never change.</summary>
public enum DefectPolicy : byte
{
    /// <summary>(SQ + RQ) / PQ.</summary>
    FirstPass = 0,

    /// <summary>(SQ + rework scrapped in the end) / PQ.</summary>
    Final = 1,
}

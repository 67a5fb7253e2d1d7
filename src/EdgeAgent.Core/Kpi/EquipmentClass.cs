namespace EdgeAgent.Core.Kpi;

/// <summary>The class of a ledger device as the declaration forms use it. Stored; numbers never change.</summary>
public enum EquipmentClass : byte
{
    /// <summary>普通.</summary>
    Plain = 0,

    /// <summary>自动化.</summary>
    Automated = 1,

    /// <summary>数字化.</summary>
    Digital = 2,

    /// <summary>智能化.</summary>
    Intelligent = 3,
}

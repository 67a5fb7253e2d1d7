namespace EdgeAgent.Core.Kpi;

/// <summary>Which way a meter's energy goes over the plant's fence. Stored; numbers never change.</summary>
public enum MeterFlow : byte
{
    /// <summary>Bought: adds to consumption and to purchased energy.</summary>
    Purchased = 0,

    /// <summary>Made by the plant itself from sun or wind: adds to consumption only.</summary>
    Generated = 1,

    /// <summary>Given away: taken off consumption.</summary>
    Exported = 2,
}

namespace EdgeAgent.Core.Kpi.Tracking;

/// <summary>What a tag tells.</summary>
internal enum TagRole : byte
{
    /// <summary>Only that its device is connected.</summary>
    Presence,
    State,
    Product,
    Produced,
    Good,
    Scrap,
    Rework,
    ReworkScrap,
    Meter,
}

namespace EdgeAgent.OpcUa.Models;

/// <summary>What a machine's time counts as (ISO 22400-2, 5.2): the elements that states can tell apart.</summary>
public enum TimeElement
{
    /// <summary>Actual production time: only what adds value.</summary>
    Production,

    /// <summary>Actual unit setup time.</summary>
    Setup,

    /// <summary>Actual unit delay time: interrupted while there is something to do.</summary>
    Delay,

    /// <summary>Actual unit down time: not executing orders.</summary>
    Down,
}

namespace EdgeAgent.Core.Kpi;

/// <summary>
/// What a period is called. Stored; numbers never change. Within an instant, smaller periods end first.
/// </summary>
public enum PeriodKind : byte
{
    /// <summary>A minute.</summary>
    Minute = 1,

    /// <summary>An hour of the plant's clock.</summary>
    Hour = 2,

    /// <summary>One run of a shift.</summary>
    Shift = 3,

    /// <summary>A production day.</summary>
    Day = 4,

    /// <summary>The production days of a calendar month.</summary>
    Month = 5,

    /// <summary>Any other whole minutes.</summary>
    Span = 6,
}
